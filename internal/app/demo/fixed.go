package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// fixed is an incident that waits for a visitor in a known state. The living day leaves it alone.
type fixed struct {
	category string
	report   int // which of the category's reports
	channel  string
	twist    twist
	stop     string
	ago      time.Duration // when it was reported
}

// fixedPrefix begins the external ids of the fixed ones, demoPrefix those of all that the demo made.
const (
	demoPrefix  = "demo-"
	fixedPrefix = "demo-fixed-"
)

// theFixed is the walk-through: every state, newest last.
var theFixed = []fixed{
	{"environment.waste", 0, "patrol", self, "checking", 150 * time.Minute},
	{"environment.road", 0, "hotline", plain, "checked", 140 * time.Minute},
	{"livelihood.property", 0, "app", plain, "checked", 135 * time.Minute},
	{"enforcement.parking", 0, "hotline", plain, "checking", 120 * time.Minute},
	{"safety.ebike", 0, "app", reworked, "order.arrived", 110 * time.Minute},
	{"dispute.neighbour", 0, "window", plain, "order.arrived", 95 * time.Minute},
	{"environment.sewage", 1, "hotline", plain, "checking", 90 * time.Minute},
	{"safety.falling", 0, "hotline", plain, "order.arrived", 80 * time.Minute},
	{"security.theft", 0, "hotline", plain, "order.accepted", 70 * time.Minute},
	{"livelihood.utility", 0, "app", plain, "order.accepted", 60 * time.Minute},
	{"security.other", 2, "hotline", plain, "order.sent", 55 * time.Minute},
	{"safety.water", 0, "hotline", plain, "order.sent", 50 * time.Minute},
	{"environment.smoke", 0, "app", returned, "accepted", 48 * time.Minute},
	{"environment.manhole", 0, "patrol", plain, "order.pooled", 45 * time.Minute},
	{"enforcement.stall", 0, "hotline", plain, "order.pooled", 40 * time.Minute},
	{"environment.rubbish", 2, "app", plain, "order.pooled", 35 * time.Minute},
	{"dispute.contract", 0, "hotline", plain, "order.sent", 30 * time.Minute},
	{"livelihood.housing", 1, "app", plain, "order.sent", 26 * time.Minute},
	{"livelihood.property", 2, "app", verified, "verifying", 22 * time.Minute},
	{"environment.green", 1, "hotline", unplaced, "reported", 14 * time.Minute},
	{"livelihood.transport", 2, "app", unplaced, "reported", 9 * time.Minute},
	{"environment.light", 0, "app", plain, "reported", 6 * time.Minute},
	{"safety.gas", 0, "hotline", plain, "reported", 3 * time.Minute},
	{"livelihood.school", 0, "app", plain, "reported", 2 * time.Minute},
	{"security.noise", 0, "hotline", plain, "reported", time.Minute},
	{"safety.fire", 0, "patrol", plain, "reported", 20 * time.Second},
}

// fixedStory makes the story of a fixed incident. Its orders are taken by the demo accounts, so that a visitor finds
// work in hand.
func (n *narrator) fixedStory(i int, f fixed) *story {
	s := &story{name: fmt.Sprintf("%s%02d", fixedPrefix, i+1), rng: rand.New(rand.NewPCG(seed, uint64(100+i))),
		byDemo: strings.HasPrefix(f.stop, "order.")}
	m := *n.book.of(f.category)
	m.reports = m.reports[f.report : f.report+1]
	s.draft = n.draft(s.rng, &m, f.channel)
	s.draft.Severity = ""
	s.turn(f.twist)
	return s
}
