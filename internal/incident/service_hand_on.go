package incident

import (
	"context"
	"errors"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// HandedOn says what became of somebody's orders.
type HandedOn struct {
	To     int // went to whoever was named
	Return int // went back to their unit: nobody was named, or whoever was cannot take an order there
}

// HandOn puts every order that somebody has in hand into another person's hands, or with to ” back to the unit, each
// with an entry. It is for whoever goes away themselves, and for those who manage accounts when somebody leaves. What
// was handed on stays so when it is interrupted; doing it again goes on with the rest.
func (s *Service) HandOn(ctx context.Context, actor authz.Actor, from, to string) (done HandedOn, err error) {
	if from == "" || !actor.Machine && actor.AccountID != from && !actor.Can(perm.AccountManage) {
		return done, fault.New(fault.Forbidden, "forbidden")
	}
	if to == from {
		return done, invalid("person", "person.same")
	}
	held, err := heldBy(ctx, s.DB.Read(), from)
	if err != nil {
		return done, err
	}
	for _, h := range held {
		given, err := s.handOne(ctx, actor, h.incident, h.order, from, to)
		switch {
		case errors.Is(err, errReplay): // somebody else was faster
		case err != nil:
			return done, err
		case given:
			done.To++
		default:
			done.Return++
		}
	}
	if len(held) > 0 {
		s.Wake()
	}
	return done, nil
}

// handOne hands on one order, or does nothing with errReplay when it is no longer in the person's hands.
func (s *Service) handOne(ctx context.Context, actor authz.Actor, incident, order, from, to string) (given bool, err error) {
	var inc *Incident
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if inc, err = s.touch(ctx, tx, incident); err != nil {
			return err
		}
		o := inc.Order(order)
		if o == nil || o.PersonID != from {
			return errReplay
		}
		m, err := OrderFlow.Driven(Held{inc, o}, "hand_on")
		if err != nil {
			return errReplay
		}
		c := &change{Service: s, actor: actor, inc: inc, order: o, at: s.Clock.Now().UnixMilli()}
		c.begin(m.Do, o.ID, flow.Given{}, map[string]any{"from": from, "from_name": s.Directory.PersonName(from)})
		person := ""
		if to != "" && s.works(o.UnitID, to) {
			person = c.deliver(o.UnitID, to)
		}
		if person == from { // the one whom they named is away too and named them
			person = ""
		}
		given = person != ""
		c.give(person)
		o.State, o.dirty = OrderFlow.Next(Held{inc, o}, m), true
		c.finish(string(inc.State))
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		return c.write(ctx, tx)
	})
	if err == nil {
		s.remember(inc)
	}
	return given, err
}
