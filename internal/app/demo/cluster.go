package demo

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// cluster is one thing that many people report.
type cluster struct {
	category string
	people   int
	daysAgo  int
	hour     int
	within   time.Duration
}

// theClusters are the days that people remember: 23 on one noisy night, a burst pipe, a dark street after a storm.
var theClusters = []cluster{
	{"security.noise", 23, 9, 23, 100 * time.Minute},
	{"livelihood.utility", 14, 17, 7, 50 * time.Minute},
	{"environment.smoke", 9, 4, 19, 70 * time.Minute},
	{"safety.water", 11, 26, 17, 90 * time.Minute},
	{"environment.light", 7, 33, 20, 3 * time.Hour},
	{"livelihood.property", 8, 41, 18, 5 * time.Hour},
	{"enforcement.stall", 6, 12, 8, 2 * time.Hour},
	{"security.noise", 5, 1, 22, 60 * time.Minute},
}

// hotSpots is how many places have the same trouble again and again; visits how often each.
const (
	hotSpots = 6
	visits   = 7
)

var hotMatters = []string{"security.noise", "environment.rubbish", "enforcement.stall", "enforcement.parking", "safety.ebike", "environment.sewage"}

// clusters are near-duplicates: one matter at one place, told by many or coming back.
func (n *narrator) clusters(days calendar) []tale {
	var out []tale
	for k, c := range theClusters {
		if c.daysAgo >= days.days {
			continue
		}
		rng := rand.New(rand.NewPCG(seed, uint64(800_000+k)))
		day := days.day(c.daysAgo)
		begin := time.Date(day.Year(), day.Month(), day.Day(), c.hour, rng.IntN(30), 0, 0, day.Location())
		h := n.homeFor(rng, c.category)
		for i := range c.people {
			s := n.storyAt(fmt.Sprintf("demo-many-%d-%02d", k+1, i+1), uint64(810_000+k*100+i), c.category, h, true)
			out = append(out, tale{s, begin.Add(time.Duration(rng.Int64N(int64(c.within)))), ""})
		}
	}
	for k := range hotSpots {
		rng := rand.New(rand.NewPCG(seed, uint64(850_000+k)))
		category := hotMatters[k%len(hotMatters)]
		h := n.homeFor(rng, category)
		for i := range visits {
			s := n.storyAt(fmt.Sprintf("demo-spot-%d-%02d", k+1, i+1), uint64(860_000+k*100+i), category, h, false)
			out = append(out, tale{s, days.moment(rng, days.day(1+i*days.days/visits+rng.IntN(4)), category), ""})
		}
	}
	return out
}

// storyAt is a story of people about a matter at a home; together they tell of one and the same.
func (n *narrator) storyAt(name string, number uint64, category string, h home, together bool) *story {
	s := &story{name: name, rng: rand.New(rand.NewPCG(seed, number))}
	m := *n.book.of(category)
	if many := n.book.phrases["many_"+category]; together && len(many) > 0 {
		m.reports = nil
		for _, text := range many {
			m.reports = append(m.reports, words{text: text})
		}
	}
	s.draft = n.draftAt(s.rng, &m, pick(s.rng, []string{"hotline", "hotline", "hotline", "app", "app", "window"}), h)
	s.turn(suited(pick(s.rng, []twist{plain, plain, plain, told, noted, helped}), s.draft.Report))
	return s
}
