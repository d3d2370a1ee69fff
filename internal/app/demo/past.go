package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/fault"
)

// needsApproval is the refusal of a unit in which a colleague looks at replies before they go out.
const needsApproval = "reply.needs_approval"

// past lives through stories in memory, each from its report to where it stands at the present. It is for one goroutine.
type past struct {
	*narrator
	ledger *incident.Ledger
	clock  *Clock
	photos *album // nil: nobody takes pictures
}

func (n *narrator) past(photos *album) *past {
	clock := &Clock{}
	return &past{narrator: n, ledger: n.services.Incident.Ledger(clock), clock: clock, photos: photos}
}

// tell lives through a story that begins at a time, until the present or, with a stop, until the incident stands there.
func (p *past) tell(ctx context.Context, s *story, at, until time.Time, stop string) (*incident.Life, error) {
	p.clock.Set(at)
	life, err := p.begin(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("report %s: %w", s.name, err)
	}
	began := at
	for steps := 0; steps < maxSteps; steps++ {
		if stop != "" && standing(life.Incident) == stop {
			break
		}
		st, ok := p.next(life.Incident, s)
		if !ok {
			break
		}
		at = p.when(s, st, at)
		if stop != "" { // it comes as far as it should
			at = soonest(at, began.Add(time.Duration(steps+1)*until.Sub(began)/8))
		}
		if !at.Before(until) {
			break
		}
		p.clock.Set(at)
		if err := p.perform(ctx, life, s, st); err != nil {
			return nil, fmt.Errorf("%s: %s by %s: %w", s.name, st.do, st.by.Login, err)
		}
	}
	return life, nil
}

// maxSteps bounds a story, should two people ever disagree for good.
const maxSteps = 40

// when is the time of a step: offices close at night, the desk, the stations and the police do not.
func (p *past) when(s *story, st step, last time.Time) time.Time {
	at := last.Add(st.after)
	if st.office {
		at = opens(s.rng, at)
	}
	if !at.After(last) {
		at = last.Add(time.Second)
	}
	return at
}

func (p *past) begin(ctx context.Context, s *story) (*incident.Life, error) {
	s.draft.happened(s.rng, p.clock.Now())
	r := s.draft.Report
	r.ExternalID = s.name
	files, err := p.take(ctx, s.draft.photographed(s.rng), s, s.draft.by, r.Category, false)
	if err != nil {
		return nil, err
	}
	life, err := p.ledger.Report(s.draft.by, r, files...)
	if err != nil {
		return nil, err
	}
	s.code = life.Code
	return life, nil
}

func (p *past) perform(ctx context.Context, life *incident.Life, s *story, st step) error {
	if st.rating != nil {
		return p.ledger.Rate(life, *st.rating, st.words)
	}
	fields, err := st.raw()
	if err != nil {
		return err
	}
	files, err := p.take(ctx, st.photo, s, st.by, life.Category, true)
	if err != nil {
		return err
	}
	err = p.ledger.Act(st.by, life, incident.Action{Do: st.do, Order: st.order, Fields: fields}, files...)
	if fault.Is(err, needsApproval) {
		err = p.ledger.Act(st.by, life, incident.Action{Do: "submit_reply", Order: st.order, Fields: fields}, files...)
	}
	return err
}

// take takes a picture of the scene, before or after handling, where there is something to see.
func (p *past) take(ctx context.Context, wanted bool, s *story, by actor, category string, after bool) ([]*incident.File, error) {
	if !wanted || p.photos == nil || sceneOf(category) == "" {
		return nil, nil
	}
	f, err := p.photos.uploaded(ctx, p.services.Incident, s.scene(), after)
	if err != nil {
		return nil, err
	}
	return []*incident.File{p.ledger.Photograph(by, f)}, nil
}

// raw are the fields as a request has them.
func (st step) raw() (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	for k, v := range st.fields {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		fields[k] = raw
	}
	return fields, nil
}

func soonest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// standing says where an incident stands: with its lead order while work goes on, else its own state.
func standing(inc *incident.Incident) string {
	if lead := inc.Lead(); inc.State == incident.InProgress && lead != nil {
		return "order." + string(lead.State)
	}
	return string(inc.State)
}
