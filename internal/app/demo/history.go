package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/db"
)

const (
	inHand     = 84  // incidents that are being worked on at the present; fewer in a small street
	writeGroup = 250 // incidents in one transaction
)

// tale is a story with when it begins and where to stop it.
type tale struct {
	*story
	at   time.Time
	stop string // '' for none
}

// storyOf makes an ordinary story of a number; without a matter, about what is common.
func (n *narrator) storyOf(name string, number uint64, m *matter) *story {
	s := &story{name: name, rng: rand.New(rand.NewPCG(seed, number))}
	if m == nil {
		m = n.book.matter(s.rng)
	}
	s.draft = n.draft(s.rng, m, "")
	s.turn(twistOf(s.rng, s.draft.Report))
	return s
}

// turn gives a story its twist.
func (s *story) turn(t twist) {
	if s.twist = t; t == unplaced {
		s.draft.lose()
	}
}

// makeHistory lives through the last weeks and writes them down.
func (n *narrator) makeHistory(ctx context.Context, until time.Time) error {
	p := n.past(&n.pictures)
	var lives []*incident.Life
	for _, t := range n.tales(until) {
		life, err := p.tell(ctx, t.story, t.at, until, t.stop)
		if err != nil {
			return err
		}
		lives = append(lives, life)
	}
	slices.SortFunc(lives, func(a, b *incident.Life) int {
		return cmp.Or(cmp.Compare(a.ReceivedAt, b.ReceivedAt), cmp.Compare(a.ExternalID, b.ExternalID))
	})
	for part := range slices.Chunk(lives, writeGroup) {
		if err := p.ledger.Write(ctx, part, func(context.Context, db.Tx) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

// tales plans everything that happens until the present.
func (n *narrator) tales(until time.Time) []tale {
	days := newCalendar(until, n.street.days)
	out := n.clusters(days)
	for i := range min(inHand, n.street.incidents/5) {
		out = append(out, n.openTale(until, i))
	}
	for i := range n.street.incidents - len(out) {
		out = append(out, n.ordinaryTale(days, i))
	}
	for i, f := range theFixed {
		out = append(out, tale{n.fixedStory(i, f), until.Add(-f.ago), f.stop})
	}
	return out
}

// ordinaryTale is one of the many. On a rainy day every second is about the rain.
func (n *narrator) ordinaryTale(days calendar, i int) tale {
	rng := rand.New(rand.NewPCG(seed, uint64(500_000+i)))
	day := days.pick(rng)
	var m *matter
	switch {
	case i < len(n.book.matters): // nothing is missing
		m = &n.book.matters[i]
	case rains(day) && chance(rng, 50):
		m = n.book.of(pick(rng, wet))
	}
	s := n.storyOf(fmt.Sprintf("demo-%04d", i+1), uint64(1000+i), m)
	if k := i - len(n.book.matters); k >= 0 && k < len(twistWeights) { // no turn is missing either
		s = n.storyAt(s.name, uint64(1000+i), twistMatters[k%len(twistMatters)], n.homeFor(rng, s.draft.Category), false)
		s.turn(twistWeights[k].t)
	}
	at := days.moment(rng, day, s.draft.Category)
	// What lags lately is still open: a few such are telling, many hide what came today.
	s.lags = s.twist == plain && (at.Before(days.until.AddDate(0, 0, -18)) || chance(rng, 20))
	return tale{s, at, ""}
}

// twistMatters are what every turn suits.
var twistMatters = []string{"security.noise", "dispute.neighbour"}

// stages are where work in hand stands at the present, with how long ago it may have begun, in minutes.
var stages = []struct {
	stop   string
	lo, hi int
}{
	{"reported", 1, 25}, {"accepted", 10, 60}, {"order.pooled", 15, 180}, {"order.sent", 4, 40}, {"order.accepted", 15, 120},
	{"order.arrived", 25, 200}, {"checking", 60, 600}, {"checked", 90, 900}, {"order.pooled", 20, 240}, {"order.sent", 5, 45},
	{"order.accepted", 20, 150}, {"order.arrived", 30, 240}, {"checking", 90, 700},
}

// posted is work in hand for those to whom little comes by chance.
var posted = []struct{ category, stop string }{
	{"security.theft", "order.sent"}, {"security.fight", "order.accepted"}, {"security.other", "order.sent"}, {"security.theft", "order.arrived"},
	{"dispute.neighbour", "order.sent"}, {"dispute.family", "order.accepted"}, {"dispute.contract", "order.sent"}, {"dispute.neighbour", "order.arrived"},
	{"livelihood.school", "order.sent"}, {"petition.other", "order.sent"}, {"livelihood.housing", "order.accepted"}, {"petition.wage", "order.sent"},
	{"enforcement.market", "order.pooled"}, {"environment.light", "order.pooled"}, {"enforcement.stall", "order.arrived"}, {"care.elderly", "order.accepted"},
}

// openTale is work in hand at the present. Every third has been taken by a demo account, so that a visitor finds some.
func (n *narrator) openTale(until time.Time, i int) tale {
	g := stages[i%len(stages)]
	m := &n.book.matters[(i*7+i/len(n.book.matters))%len(n.book.matters)]
	if i < len(posted) {
		m, g.stop, g.lo, g.hi = n.book.of(posted[i].category), posted[i].stop, 5, 90
	}
	s := n.storyOf(fmt.Sprintf("demo-hand-%03d", i+1), uint64(700_000+i), m)
	if s.twist != returned && s.twist != noted && s.twist != helped {
		s.turn(plain)
	}
	if g.stop == "reported" && chance(s.rng, 15) {
		s.turn(unplaced)
	}
	s.byDemo = i%3 == 0 || i < len(posted)
	ago := time.Duration(g.lo*60+s.rng.IntN((g.hi-g.lo)*60)) * time.Second
	return tale{s, until.Add(-ago), g.stop}
}
