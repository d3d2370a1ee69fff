package demo

import (
	"context"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/incident"
)

const (
	fewOpen   = 22               // below it something new is reported at once
	manyOpen  = 38               // from it on nothing new is reported
	handsOff  = 10 * time.Minute // how long after a visitor's touch an incident is left alone
	lookBack  = 3 * time.Hour    // how old a closed incident may be that still gets its follow-up
	crewEvery = 20               // steps between two looks at who works here
)

// Play lets a living day go on in a store that holds the demo, until the context ends: every 15 to 40 seconds (divided
// by speed, 1 when not positive) one thing happens. It never touches what visitors reported, what they touched in the
// last ten minutes, what lies in their hands, or the fixed walk-through incidents. When somebody else was faster, it
// goes on with something else.
func Play(ctx context.Context, s Services, speed float64) error {
	p, err := NewPlayer(ctx, s)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	if speed <= 0 {
		speed = 1
	}
	for {
		wait := time.Duration(float64(15*time.Second+time.Duration(p.rng.IntN(25_000))*time.Millisecond) / speed)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		if _, err := p.Step(ctx); err != nil && ctx.Err() == nil {
			slog.Debug("the living day", "error", err)
		}
	}
}

// Player plays the living day one step at a time.
type Player struct {
	*narrator
	rng   *rand.Rand
	tales map[string]*live
	steps int
}

// live is an incident that the player goes on with, and its next step.
type live struct {
	*story
	seq  int64 // of the timeline when the step was thought out
	step step
	ok   bool
	due  time.Time
}

// NewPlayer returns a player for a store that holds the demo.
func NewPlayer(ctx context.Context, s Services) (*Player, error) {
	made, err := s.plan()
	if err != nil {
		return nil, err
	}
	n, err := s.narrator(ctx, made)
	if err != nil {
		return nil, err
	}
	return &Player{narrator: n, rng: rand.New(rand.NewPCG(seed, uint64(s.Clock.Now().UnixMilli()))), tales: map[string]*live{}}, nil
}

// Step lets one thing happen, if it is time for one, and returns its name: an action, or report; ” for nothing.
func (p *Player) Step(ctx context.Context) (string, error) {
	if p.steps++; p.steps%crewEvery == 0 {
		c, err := p.services.crew(ctx)
		if err != nil {
			return "", err
		}
		p.crew = c
	}
	open, list, err := p.candidates(ctx)
	if err != nil {
		return "", err
	}
	if open < fewOpen {
		return p.begin(ctx)
	}
	for {
		inc, t := p.mostDue(list)
		if inc == nil {
			break
		}
		touched, err := p.touched(ctx, inc)
		if err != nil {
			return "", err
		}
		if touched {
			t.due = p.services.Clock.Now().Add(handsOff)
			continue
		}
		t.due = p.services.Clock.Now().Add(5 * time.Minute) // should it fail, something else comes first
		_, err = p.perform(ctx, inc, t.story, t.step)
		return t.step.do, err
	}
	if open < manyOpen {
		return p.begin(ctx)
	}
	return "", nil
}

// begin reports something new.
func (p *Player) begin(ctx context.Context) (string, error) {
	at := p.services.Clock.Now().UnixMilli()
	s := p.storyOf(demoPrefix+"live-"+strconv.FormatInt(at, 36), uint64(at), nil)
	inc, err := p.report(ctx, s)
	if err != nil {
		return "report", err
	}
	p.tales[inc.ID] = &live{story: s}
	return "report", nil
}

// candidates counts what is open, and lists what the player may go on with.
func (p *Player) candidates(ctx context.Context) (open int, list []*incident.Incident, err error) {
	at := p.services.Clock.Now()
	var states []string
	for _, st := range incident.Flow.States {
		if st.Phase == 0 {
			states = append(states, string(st.Name))
		}
	}
	working, _, err := p.services.Incident.List(ctx, machine, incident.Filter{States: states, Limit: 200})
	if err != nil {
		return 0, nil, err
	}
	closed, _, err := p.services.Incident.List(ctx, machine, incident.Filter{States: []string{string(incident.Closed)}, From: at.Add(-lookBack).UnixMilli(), Limit: 100})
	if err != nil {
		return 0, nil, err
	}
	kept := map[string]*live{}
	for _, inc := range append(working, closed...) {
		if !strings.HasPrefix(inc.ExternalID, demoPrefix) || strings.HasPrefix(inc.ExternalID, fixedPrefix) {
			continue
		}
		kept[inc.ID] = p.tale(inc)
		list = append(list, inc)
	}
	p.tales = kept
	return len(working), list, nil
}

// tale returns the story of an incident with its next step, thought out anew when something happened meanwhile.
func (p *Player) tale(inc *incident.Incident) *live {
	t := p.tales[inc.ID]
	if t == nil {
		h := fnv.New64a()
		h.Write([]byte(inc.ExternalID))
		s := &story{name: inc.ExternalID, rng: rand.New(rand.NewPCG(seed, h.Sum64()))}
		s.twist = twistOf(s.rng, incident.Report{Category: inc.Category, Kind: inc.Kind, Channel: inc.Channel})
		t = &live{story: s}
	}
	if t.seq != inc.EntrySeq {
		t.seq = inc.EntrySeq
		t.step, t.ok = p.next(inc, t.story)
		t.due = time.UnixMilli(inc.EntryAt).Add(brisk(t.step))
	}
	return t
}

// brisk shortens what takes hours in real life: a visitor watches for minutes.
func brisk(st step) time.Duration {
	if st.do == "arrive" || st.after < 3*time.Minute {
		return st.after
	}
	return 2*time.Minute + st.after/20
}

// mostDue returns what has been waiting longest for its next step; nil when nothing is due.
func (p *Player) mostDue(list []*incident.Incident) (*incident.Incident, *live) {
	at := p.services.Clock.Now()
	var found *incident.Incident
	var best *live
	for _, inc := range list {
		t := p.tales[inc.ID]
		if t.ok && !t.due.After(at) && (best == nil || t.due.Before(best.due)) {
			found, best = inc, t
		}
	}
	return found, best
}

// touched tells whether somebody outside the invented staff did something with the incident lately.
func (p *Player) touched(ctx context.Context, inc *incident.Incident) (bool, error) {
	since := p.services.Clock.Now().Add(-handsOff).UnixMilli()
	if inc.EntryAt < since {
		return false, nil
	}
	for after := max(inc.EntrySeq-50, 0); ; {
		entries, next, err := p.services.Incident.Timeline(ctx, machine, inc.ID, after, 100)
		if err != nil {
			return false, err
		}
		for _, e := range entries {
			if e.At >= since && e.Do != "report" && !p.crew.isStaff(e.ActorID) {
				return true, nil
			}
		}
		if after = next; next == 0 {
			return false, nil
		}
	}
}
