package demo

import (
	"context"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/incident"
)

const (
	fewOpen   = 45              // of the invented office's own; below it something new is reported at once
	manyOpen  = 75              // from it on nothing new is reported
	lookBack  = 3 * time.Hour   // how old a closed incident may be that still gets its follow-up
	crewEvery = 5 * time.Minute // between two looks at who works here
	hallEvery = 6               // steps between two at the service windows
	perDay    = 3_000           // reports in a day and a night, so that a demo left alone does not fill the disk
)

// Player plays the living day one step at a time.
type Player struct {
	*narrator
	Speed    float64 // how much shorter what takes its time becomes; 1 from the start
	rng      *rand.Rand
	tales    map[string]*live
	steps    int
	looked   time.Time // at the crew
	dayBegan time.Time
	reported int // since then
}

// live is an incident that the player goes on with, and its next step.
type live struct {
	*story
	seq     int64 // of the timeline when the step was thought out
	step    step
	ok      bool
	due     time.Time
	checked int64 // up to this entry it is known who acted
	visited bool  // a visitor acted on it: it is theirs now
}

// NewPlayer returns a player for a store that holds the demo.
func NewPlayer(ctx context.Context, s Services) (*Player, error) {
	n, err := s.teller(ctx)
	if err != nil {
		return nil, err
	}
	at := s.Clock.Now()
	return &Player{narrator: n, Speed: 1, rng: rand.New(rand.NewPCG(seed, uint64(at.UnixMilli()))), tales: map[string]*live{}, looked: at, dayBegan: at}, nil
}

// Step lets one thing happen, if it is time for one, and returns its name: an action, or report; empty for nothing.
func (p *Player) Step(ctx context.Context) (string, error) {
	if err := p.lookAround(ctx); err != nil {
		return "", err
	}
	if p.steps++; p.steps%hallEvery == 0 {
		if do, err := p.hall(ctx); do != "" || err != nil {
			return do, err
		}
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
		if err := p.check(ctx, inc, t); err != nil {
			return "", err
		}
		if t.visited {
			continue
		}
		t.due = p.services.Clock.Now().Add(p.shorter(5 * time.Minute)) // should it fail, something else comes first
		return t.step.do, p.perform(ctx, inc, t.story, t.step)
	}
	if open < manyOpen {
		return p.begin(ctx)
	}
	return "", nil
}

// lookAround looks from time to time who works here, and begins a new day.
func (p *Player) lookAround(ctx context.Context) error {
	at := p.services.Clock.Now()
	if at.Sub(p.dayBegan) > 24*time.Hour {
		p.dayBegan, p.reported = at, 0
	}
	if at.Sub(p.looked) < crewEvery {
		return nil
	}
	c, err := p.services.crew(ctx)
	if err != nil {
		return err
	}
	p.crew, p.looked = c, at
	return nil
}

// begin reports something new that suits the hour.
func (p *Player) begin(ctx context.Context) (string, error) {
	if p.reported >= perDay {
		return "", nil
	}
	p.reported++
	at := p.services.Clock.Now()
	s := p.storyOf(demoPrefix+"live-"+strconv.FormatInt(at.UnixMilli(), 36), uint64(at.UnixMilli()), p.book.matterAt(p.rng, at.Hour()))
	inc, err := p.report(ctx, s)
	if err != nil {
		return "report", err
	}
	p.tales[inc.ID] = &live{story: s}
	return "report", nil
}

// candidates lists what the player may go on with, and counts how much of it is open.
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
	for n, inc := range append(working, closed...) {
		if !strings.HasPrefix(inc.ExternalID, demoPrefix) || strings.HasPrefix(inc.ExternalID, fixedPrefix) {
			continue
		}
		t := p.tale(inc)
		kept[inc.ID] = t
		if t.visited {
			continue
		}
		list = append(list, inc)
		if n < len(working) && t.ok {
			open++
		}
	}
	p.tales = kept
	return open, list, nil
}

// tale returns the story of an incident with its next step, thought out anew when something happened meanwhile.
func (p *Player) tale(inc *incident.Incident) *live {
	t := p.tales[inc.ID]
	if t == nil {
		h := fnv.New64a()
		h.Write([]byte(inc.ExternalID))
		s := &story{name: inc.ExternalID, rng: rand.New(rand.NewPCG(seed, h.Sum64()))}
		s.draft.Report = incident.Report{Category: inc.Category, Kind: inc.Kind, Channel: inc.Channel}
		s.draft.spot = p.near(inc, s.rng)
		s.twist = twistOf(s.rng, s.draft.Report)
		t = &live{story: s}
	}
	if t.seq != inc.EntrySeq {
		t.seq = inc.EntrySeq
		t.step, t.ok = p.next(inc, t.story)
		t.due = time.UnixMilli(inc.EntryAt).Add(p.shorter(brisk(t.step)))
	}
	return t
}

func (p *Player) shorter(d time.Duration) time.Duration { return time.Duration(float64(d) / p.Speed) }

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
		if t.ok && !t.visited && !t.due.After(at) && (best == nil || t.due.Before(best.due)) {
			found, best = inc, t
		}
	}
	return found, best
}

// check looks whether a visitor acted on an incident since it was looked at last.
func (p *Player) check(ctx context.Context, inc *incident.Incident, t *live) error {
	for t.checked < inc.EntrySeq && !t.visited {
		entries, _, err := p.services.Incident.Timeline(ctx, machine, inc.ID, t.checked, 100)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return nil
		}
		for _, e := range entries {
			t.checked = e.Seq
			t.visited = t.visited || e.Seq > 1 && p.visitor(e)
		}
	}
	return nil
}

// visitor tells whether an entry was made by somebody outside the invented staff: a demo account, an account that is
// new, or a resident who holds the tracking code.
func (p *Player) visitor(e *incident.Entry) bool {
	if e.ActorID == "" {
		return strings.HasPrefix(e.Do, "resident_")
	}
	return !p.crew.isStaff(e.ActorID)
}
