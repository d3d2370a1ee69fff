package dispatch

import (
	"cmp"
	"slices"

	"gezhi/internal/kit/fault"
)

// The rungs of a ladder, from below.
const (
	RungWorker   = "worker"    // who holds the order
	RungGridHead = "grid_head" // the head of the grid
	RungStation  = "station"   // who is on duty at the station of the patrol area
	RungCentre   = "centre"    // who is on duty at the centre of the street
	RungCommand  = "command"   // the command centre of the county
)

// Rungs lists the rungs from below. A matter only ever climbs.
var Rungs = []string{RungWorker, RungGridHead, RungStation, RungCentre, RungCommand}

// LadderStep puts an overdue stage before a rung.
type LadderStep struct {
	Rung  string `json:"rung" enum:"worker,grid_head,station,centre,command"`
	After int64  `json:"after" doc:"minutes after the stage became overdue"`
}

// Ladder says before whom an overdue stage is put, and when. An empty condition fits everything; of the ladders that
// fit, the one for the narrowest category counts, then one for a stage, then one for a severity.
type Ladder struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Stage    string       `json:"stage"`
	Severity string       `json:"severity"`
	Category string       `json:"category" doc:"code of a category; it fits those below it too"`
	Steps    []LadderStep `json:"steps" doc:"from below, each rung at most once"`
	Active   bool         `json:"active"`
	Version  int64        `json:"version"`
}

func (l *Ladder) fits(stage string, s *Situation) bool {
	return l.Active && (l.Stage == "" || l.Stage == stage) && (l.Severity == "" || l.Severity == s.Severity) &&
		(l.Category == "" || l.Category == s.Category || below(l.Category, s.Category))
}

// Ladders is an unchanging list of ladders, the narrowest first.
type Ladders struct{ list []Ladder }

// NewLadders returns the ladders in the order in which they count.
func NewLadders(list []Ladder) *Ladders {
	list = slices.Clone(list)
	given := func(text string) int { return min(len(text), 1) }
	slices.SortFunc(list, func(a, b Ladder) int {
		return cmp.Or(cmp.Compare(len(b.Category), len(a.Category)), cmp.Compare(given(b.Stage), given(a.Stage)),
			cmp.Compare(given(b.Severity), given(a.Severity)), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Stage, b.Stage),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.ID, b.ID))
	})
	return &Ladders{list}
}

// All returns the ladders in the order in which they count, also those that are switched off.
func (l *Ladders) All() []Ladder { return l.list }

const (
	maxLadders = 200
	maxAfter   = 30 * dayMinutes
)

// validate brings the texts into their kept form and returns everything that is wrong with the ladder.
func (l *Ladder) validate(words Vocabulary) error {
	var f fault.Fields
	l.Name = fault.CheckText(&f, "name", l.Name, true, maxName)
	if l.Stage != "" && !slices.Contains(words.Stages(), l.Stage) {
		f.Add("stage", "field.choice", "choices", words.Stages())
	}
	checkWords(&f, words, l.Category, "", l.Severity, "")
	l.checkSteps(&f)
	return f.Err()
}

// checkSteps holds that a ladder leads upwards in rungs and onwards in time, so that nothing can climb in a circle.
func (l *Ladder) checkSteps(f *fault.Fields) {
	if len(l.Steps) == 0 {
		f.Add("steps", "ladder.no_steps")
	}
	rung, after := -1, int64(0)
	for _, step := range l.Steps {
		n := slices.Index(Rungs, step.Rung)
		switch {
		case n < 0:
			f.Add("steps", "field.choice", "choices", Rungs)
			return
		case n <= rung:
			f.Add("steps", "ladder.only_up")
			return
		case step.After < 0 || step.After > maxAfter:
			f.Add("steps", "ladder.minutes", "max", maxAfter)
			return
		case step.After < after:
			f.Add("steps", "ladder.sooner")
			return
		}
		rung, after = n, step.After
	}
}
