package incident

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
)

// History is what a matter brings along that was received before it came into the store.
type History struct {
	ID         string            // identity for ever: the same one never makes a second incident
	Digest     string            // of what the identity stands for; another one under the same identity is refused
	ReceivedAt int64             // unix ms
	Kept       map[string]string // what the source says beside the report, kept as it is on the first entry
}

// Import takes a past report from the program itself, and returns its incident and whether it is new. Its times are
// those of the past and its words stay to the last character, white space around them included. No rule sends it
// anywhere by itself: whether there is anything left to do, people decide. Faults as Report has them.
func (s *Service) Import(ctx context.Context, actor authz.Actor, in Report, h History) (*Incident, bool, error) {
	if !actor.Machine {
		return nil, false, fault.New(fault.Forbidden, "forbidden")
	}
	repeat := Repeat{ID: id.Derive("history", h.ID), Digest: h.Digest}
	code := id.CodeFrom(s.Keys.MAC("tracking code", []byte(repeat.ID)))
	if first, err := s.reported(ctx, code, repeat); err != nil || first != nil {
		return first, false, err
	}
	p, err := checkHistory(&in, s.Categories(), &h, s.Clock.Now().UnixMilli())
	if err != nil {
		return nil, false, err
	}
	inc, err := s.build(actor, in, idOfCode(code), code, s.Clock.Now())
	if err != nil {
		return nil, false, err
	}
	inc.ReceivedAt, inc.RequestKey = h.ReceivedAt, repeat.Digest
	inc.Number = numberOf(inc.ID, dayOf(h.ReceivedAt))
	s.settleAt(inc, p, in.AreaID, s.Directory.HomeAreas(actor))
	fresh := true
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		draft := *inc
		var err error
		if fresh, err = s.storeHistory(ctx, tx, actor, &draft, h); err != nil || !fresh {
			return err
		}
		*inc = draft
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	if !fresh {
		first, err := s.reported(ctx, code, repeat)
		return first, false, err
	}
	s.Wake()
	return inc, true, nil
}

// storeHistory writes a past incident with its first entry.
func (s *Service) storeHistory(ctx context.Context, tx db.Tx, actor authz.Actor, inc *Incident, h History) (bool, error) {
	c := &change{Service: s, actor: actor, inc: inc, at: inc.ReceivedAt}
	body := map[string]any{"channel": inc.Channel, "kind": inc.Kind, "category": inc.Category}
	for k, v := range h.Kept {
		body["source."+k] = v
	}
	c.begin("report", "", flow.Given{}, body)
	c.finish(string(inc.State))
	fresh, err := insert(ctx, tx, inc)
	if err != nil || !fresh {
		return fresh, err
	}
	return true, c.write(ctx, tx)
}
