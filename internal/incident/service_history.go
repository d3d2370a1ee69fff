package incident

import (
	"context"

	"gezhi/internal/clock"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/outbox"
)

// History is what a matter brings along that was received before it came into the store. Times are unix ms, 0 for
// unknown.
type History struct {
	ID         string // identity for ever: the same one never makes a second incident
	Digest     string // of what the identity stands for; another one under the same identity is refused
	ReceivedAt int64
	Kept       map[string]string // what the source says beside the report, kept as it is on the first entry

	System     string // name of the system that had it
	AcceptedAt int64
	DueAt      int64 // when it had to be closed
	HandledAt  int64
	End        State // Closed or Rejected; '' while it is open
	EndedAt    int64
	Answer     string // what the reporter was told at the end
}

// Import takes a past report from the program itself, and returns its incident and whether it is new. Its times are
// those of the past and its words stay to the last character, white space around them included. What another system did
// with it is lived through by the moves that the table has for that, so that it ends as it ended there; nobody of ours
// is said to have done it. No rule sends anywhere by itself what is still open: whether there is anything left to do,
// people decide. Faults as Report has them.
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

// storeHistory writes a past incident as it ended, with its entries.
func (s *Service) storeHistory(ctx context.Context, tx db.Tx, actor authz.Actor, inc *Incident, h History) (bool, error) {
	life := &Life{Incident: inc}
	if err := s.relive(life, actor, h); err != nil {
		return false, err
	}
	fresh, err := insert(ctx, tx, inc)
	if err != nil || !fresh {
		return fresh, err
	}
	for _, e := range life.entries {
		if err := insertEntry(ctx, tx, e); err != nil {
			return false, err
		}
	}
	if err := saveClocks(ctx, tx, inc); err != nil {
		return false, err
	}
	return true, outbox.PutAll(ctx, tx, life.events)
}

// relive carries out in memory what happened to a past incident, at the times when it happened.
func (s *Service) relive(life *Life, actor authz.Actor, h History) error {
	inc := life.Incident
	c := &change{Service: s, actor: actor, inc: inc, at: inc.ReceivedAt}
	body := map[string]any{"channel": inc.Channel, "kind": inc.Kind, "category": inc.Category}
	for k, v := range h.Kept {
		body["source."+k] = v
	}
	if h.System != "" {
		body["system"] = h.System
	}
	c.begin("report", "", flow.Given{}, body)
	if h.DueAt != 0 {
		c.startClockUntil(clock.Total, nil, h.DueAt)
		if h.End == "" {
			inc.running(clock.Total, "").passed(s.Clock.Now().UnixMilli())
		}
	}
	c.finish(string(inc.State))
	life.note(c)
	for _, step := range h.steps() {
		m, err := Flow.Driven(inc, step.do)
		if err != nil {
			return err
		}
		inc.Version++
		c := &change{Service: s, actor: actor, inc: inc, at: step.at}
		given := flow.Given{"system": h.System}
		if step.answer != "" {
			given["answer"] = step.answer
		}
		if err := c.apply(m, given); err != nil {
			return err
		}
		life.note(c)
	}
	return nil
}

// pastStep is one move of a past incident.
type pastStep struct {
	do     string
	at     int64
	answer string
}

// steps lists what another system did, in order.
func (h *History) steps() []pastStep {
	var list []pastStep
	add := func(do string, at int64, answer string) {
		if at != 0 {
			list = append(list, pastStep{do, at, answer})
		}
	}
	add("past_accept", h.AcceptedAt, "")
	add("past_handle", h.HandledAt, "")
	switch h.End {
	case Closed:
		add("past_close", h.EndedAt, h.Answer)
	case Rejected:
		add("past_reject", h.EndedAt, h.Answer)
	}
	return list
}

// passed notes of a clock that ran out before the import that it did: nobody is told of what was overdue elsewhere long
// ago, but the incident is overdue since then.
func (k *Clock) passed(at int64) {
	if k.DueAt < at {
		k.WarnedAt, k.OverdueAt = k.WarnAt, k.DueAt
	}
	k.aim()
}
