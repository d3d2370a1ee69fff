package incident

import (
	"context"
	"maps"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/outbox"
)

// change is one action on an incident while it is being carried out: the tables say how states move, the effects in
// effect.go add what belongs to it, and write stores incident, orders, entry and outbox row together.
type change struct {
	*Service
	actor  authz.Actor
	inc    *Incident
	order  *Order // what the action is addressed to; nil for the incident itself
	at     int64
	repeat Repeat // the request that asked for it
	given  flow.Given
	into   *Incident // with which the incident is to be handled, as it was before the transaction
	links  []link    // what it has to tell others
	entry  *Entry
	before authz.Target
	body   map[string]any
}

// begin opens the entry of an action.
func (c *change) begin(do, order string, given flow.Given, body map[string]any) {
	c.given = given
	c.body = maps.Clone(body)
	if c.body == nil {
		c.body = map[string]any{}
	}
	c.before = c.inc.Target()
	at := max(c.at, c.inc.EntryAt+1) // order in a timeline never depends on a clock
	visibility := publicMoves[do]
	if visibility == "" {
		visibility = Internal
	}
	unit := ""
	if c.order != nil {
		unit = c.order.UnitID
	} else if units := c.actor.Units(); len(units) > 0 {
		unit = units[0]
	}
	c.entry = &Entry{Incident: c.inc.ID, Seq: c.inc.EntrySeq + 1, At: at, Do: do, Visibility: visibility, ActorID: c.actor.AccountID,
		ActorName: c.actor.Name, UnitID: unit, OrderID: order, From: string(c.inc.State), Files: given.Files(),
		RequestKey: c.repeat.ID, RequestDigest: c.repeat.Digest}
	for k, v := range given {
		if k != flow.FilesField {
			c.body[k] = v
		}
	}
}

// finish closes the entry as the new head of the timeline.
func (c *change) finish(to string) {
	c.inc.reckon()
	if c.actor.AccountID != sweeper.AccountID || c.actor.Name != sweeper.Name {
		c.inc.Acted = c.inc.Version
	}
	c.entry.To = to
	c.entry.Body = bodyOf(c.body)
	c.entry.seal(c.Keys, c.inc.EntryHash)
	c.inc.EntrySeq, c.inc.EntryAt, c.inc.EntryHash = c.entry.Seq, c.entry.At, c.entry.Hash
}

// write adds the entry and the outbox row; the incident itself is stored by the caller.
func (c *change) write(ctx context.Context, tx db.Tx) error {
	if err := insertEntry(ctx, tx, c.entry); err != nil {
		return err
	}
	if err := saveLinks(ctx, tx, c.links); err != nil {
		return err
	}
	return outbox.Put(ctx, tx, c.outboxRow())
}

// apply carries out a move of the incident's table.
func (c *change) apply(m *flow.Move[State, *Incident], given flow.Given) error {
	c.begin(m.Do, "", given, nil)
	if err := c.effect(m.Do); err != nil {
		return err
	}
	if err := c.enter(Flow.Next(c.inc, m)); err != nil {
		return err
	}
	if m.Drive != "" {
		if err := c.driveOrder(m.Drive); err != nil {
			return err
		}
	}
	if err := c.turnClocks(m.Stops, m.Starts, nil); err != nil {
		return err
	}
	c.finish(string(c.inc.State))
	return nil
}

// applyOrder carries out a move of the order's table, and what it drives when the order leads.
func (c *change) applyOrder(m *flow.Move[OrderState, Held], given flow.Given) error {
	c.begin(m.Do, c.order.ID, given, nil)
	held := Held{c.inc, c.order}
	if err := c.effect(m.Do); err != nil {
		return err
	}
	c.order.State = OrderFlow.Next(held, m)
	c.order.dirty = true
	if OrderFlow.Phase(c.order.State) != flow.Open {
		c.order.EndedAt = c.entry.At
	}
	if err := c.turnClocks(m.Stops, m.Starts, c.order); err != nil {
		return err
	}
	if c.order.Role == Lead && m.Drive != "" {
		if err := c.drive(m.Drive); err != nil {
			return err
		}
	}
	if !c.order.Active() {
		c.stopAll(func(k *Clock) bool { return k.OrderID != c.order.ID })
	}
	c.finish(string(c.inc.State))
	return nil
}

// drive carries out the move of the incident that follows one of its lead order.
func (c *change) drive(do string) error {
	m, err := Flow.Driven(c.inc, do)
	if err != nil {
		return err
	}
	if err := c.effect(do); err != nil {
		return err
	}
	if err := c.enter(Flow.Next(c.inc, m)); err != nil {
		return err
	}
	return c.turnClocks(m.Stops, m.Starts, c.order)
}

// driveOrder moves the lead order because the incident moved.
func (c *change) driveOrder(do string) error {
	lead := c.inc.Lead()
	if lead == nil {
		return nil
	}
	m, err := OrderFlow.Driven(Held{c.inc, lead}, do)
	if err != nil {
		return err
	}
	lead.State = OrderFlow.Next(Held{c.inc, lead}, m)
	lead.dirty = true
	lead.EndedAt = 0
	return nil
}

// enter brings the incident into a state and notes when: the first time for what may happen again, else the last. With
// the incident every order ends that is still in somebody's hands.
func (c *change) enter(to State) error {
	i, at := c.inc, c.entry.At
	c.linked(to)
	i.State = to
	switch to {
	case Accepted:
		once(&i.AcceptedAt, at)
	case InProgress:
		once(&i.AcceptedAt, at)
		once(&i.DispatchedAt, at)
	case Checking:
		i.HandledAt = at
	case Checked:
		i.CheckedAt = at
	case Closed, Rejected, Voided:
		i.ClosedAt = at
	}
	if Flow.Phase(to) == flow.Open {
		i.ClosedAt = 0
		return nil
	}
	c.stopAll(nil)
	i.Asked, i.SuspendedAt, i.DeferredAt, i.PauseUntil, i.SupervisedAt, i.StudyAt = nil, 0, 0, 0, 0, 0
	for _, o := range i.Orders {
		if !o.Active() {
			continue
		}
		held := Held{i, o}
		m, err := OrderFlow.Driven(held, "end")
		if err != nil {
			return err
		}
		o.State, o.EndedAt, o.Reply, o.dirty = OrderFlow.Next(held, m), at, nil, true
	}
	return nil
}

func once(field *int64, at int64) {
	if *field == 0 {
		*field = at
	}
}

// newOrder adds an order in the table's first state.
func (c *change) newOrder(role OrderRole, unit, person string) *Order {
	u, _ := c.Directory.Unit(unit)
	o := &Order{ID: id.New(c.Clock.Now()), Role: role, State: OrderFlow.Start.To, UnitID: unit, PersonID: person, Approval: u.Approves,
		SentAt: c.entry.At, fresh: true}
	c.inc.Orders = append(c.inc.Orders, o)
	if role == Lead {
		c.inc.LeadOrder = o.ID
	}
	return o
}
