package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"gezhi/internal/incident"
)

// hours says how often something is reported in each hour of a day.
var hours = [24]int{2, 1, 1, 1, 1, 2, 4, 9, 12, 13, 12, 10, 8, 9, 11, 11, 10, 10, 10, 9, 8, 7, 5, 3}

// event is one thing of the history, still to be done.
type event struct {
	at   time.Time
	seq  int // keeps events of one instant in a fixed order
	tale *tale
	inc  *incident.Incident // nil: it is to be reported
	step step
}

// tale is a story on its way, with where to stop it.
type tale struct {
	*story
	stop string // state in which a fixed one waits for a visitor; '' for none
}

// history runs all stories side by side in order of time, until now.
type history struct {
	*narrator
	now    time.Time
	events []event
	seq    int
}

// storyOf makes an ordinary story of a number; without a matter, about what is common.
func (n *narrator) storyOf(name string, number uint64, m *matter) *story {
	s := &story{name: name, rng: rand.New(rand.NewPCG(seed, number))}
	if m == nil {
		m = n.book.matter(s.rng)
	}
	s.draft = n.draft(s.rng, m, "")
	s.twist = twistOf(s.rng, s.draft.Report)
	if s.twist == unplaced {
		s.draft.lose()
	}
	return s
}

// makeHistory lives through the last weeks.
func (n *narrator) makeHistory(ctx context.Context, until time.Time) error {
	h := &history{narrator: n, now: until}
	for i := range n.street.incidents {
		var m *matter
		if i < len(n.book.matters) { // nothing is missing
			m = &n.book.matters[i]
		}
		s := n.storyOf(fmt.Sprintf("demo-%04d", i+1), uint64(1000+i), m)
		h.plan(h.moment(s), &tale{story: s}, nil, step{})
	}
	for i, f := range theFixed {
		h.plan(until.Add(-f.ago), &tale{story: n.fixedStory(i, f), stop: f.stop}, nil, step{})
	}
	return h.run(ctx)
}

// moment picks when a story begins: at a natural hour, and long enough ago to be told.
func (h *history) moment(s *story) time.Time {
	hour := 0
	total := 0
	for _, n := range hours {
		total += n
	}
	k := s.rng.IntN(total)
	for i, n := range hours {
		if k -= n; k < 0 {
			hour = i
			break
		}
	}
	if s.draft.night && chance(s.rng, 80) {
		hour = pick(s.rng, []int{22, 23, 0, 1, 2})
	}
	y, m, d := h.now.Date()
	at := time.Date(y, m, d-s.rng.IntN(h.street.days), hour, s.rng.IntN(60), s.rng.IntN(60), 0, h.now.Location())
	for at.After(h.now.Add(-40 * time.Minute)) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

func (h *history) plan(at time.Time, t *tale, inc *incident.Incident, st step) {
	h.seq++
	e := event{at: at, seq: h.seq, tale: t, inc: inc, step: st}
	i, _ := slices.BinarySearchFunc(h.events, e, func(a, b event) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.seq, b.seq)) })
	h.events = slices.Insert(h.events, i, e)
}

func (h *history) run(ctx context.Context) error {
	for len(h.events) > 0 {
		e := h.events[0]
		h.events = h.events[1:]
		h.services.Clock.Set(e.at)
		inc, err := h.do(ctx, e)
		if err != nil {
			return err
		}
		if e.tale.stop != "" && standing(inc) == e.tale.stop {
			continue
		}
		st, ok := h.next(inc, e.tale.story)
		if !ok {
			continue
		}
		at := e.at.Add(st.after)
		if e.tale.stop != "" { // a fixed one comes as far as it should
			at = soonest(at, h.now.Add(-3*time.Second))
			at = soonest(at, e.at.Add(8*time.Minute))
		}
		if at.Before(h.now) {
			h.plan(at, e.tale, inc, st)
		}
	}
	return nil
}

func (h *history) do(ctx context.Context, e event) (*incident.Incident, error) {
	if e.inc == nil {
		return h.report(ctx, e.tale.story)
	}
	return h.perform(ctx, e.inc, e.tale.story, e.step)
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
