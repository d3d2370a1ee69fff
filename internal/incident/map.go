package incident

import "gezhi/internal/kit/flow"

// MapPoint is what a map shows of an incident: where it is and how it stands.
type MapPoint struct {
	ID         string
	Lon, Lat   float64 // WGS-84
	State      State
	Lead       OrderState // of the lead order; '' without one
	Emergency  bool
	Urgent     bool
	DueAt      int64 // nearest of the running clocks, unix ms; 0 when none runs
	ReceivedAt int64 // unix ms
}

// MapCell is how many incidents of one standing lie in one cell of a map, and their middle.
type MapCell struct {
	X, Y     int64 // number of the cell, in widths from 0 degrees east and heights from 0 degrees north
	State    State
	Lead     OrderState
	Lon, Lat float64
	Count    int64
	Overdue  int64
}

// MapStep is how an incident stood from an instant on.
type MapStep struct {
	At    int64 // unix ms
	State State
	Lead  OrderState
}

// MapSpan is a time in which one of an incident's limits was used up: [From, To), unix ms; To is 0 while it still is.
type MapSpan struct{ From, To int64 }

// MapLife is how an incident stood in the course of a day. The first step may lie before the day.
type MapLife struct {
	MapPoint
	Steps []MapStep
	Late  []MapSpan
}

// MapFilter says which incidents a map of a day shows: those received in [From, To), and those received before which
// are still open. Those that came to nothing (rejected, merged, voided) are not shown.
type MapFilter struct {
	Area     string // with everything below it; '' for everywhere
	From, To int64  // unix ms
	Box      *Box   // nil for everywhere
}

// mapLookBack is how far before the day an incident may have been received that the day's course still shows although
// it has ended since, in ms: 31 days. What is still open is shown however old it is.
const mapLookBack = 31 * 24 * 3600 * 1000

// endedStates are those of incidents that came to nothing.
var endedStates = Flow.InPhase(flow.Ended)

// leadAfter is the state in which an action leaves the lead order, for actions that say so by themselves.
var leadAfter = func() map[string]OrderState {
	after := map[string]OrderState{"dispatch": Sent, "send_down": Sent, "rework": OrderAccepted}
	for _, m := range OrderFlow.Moves {
		if m.To != "" && after[m.Do] == "" {
			after[m.Do] = m.To
		}
	}
	return after
}()

// mapStep notes what an entry of the timeline changed of how the incident stood; an entry that changed nothing adds no
// step. order is the role of the order that the entry names, ” for none.
func (l *MapLife) mapStep(at int64, do string, to State, order OrderRole) {
	step := MapStep{At: at, State: to}
	if n := len(l.Steps); n > 0 {
		step.Lead = l.Steps[n-1].Lead
	}
	if lead, ok := leadAfter[do]; ok && order != Assist {
		step.Lead = lead
	}
	if to != InProgress {
		step.Lead = ""
	}
	if n := len(l.Steps); n > 0 && l.Steps[n-1].State == step.State && l.Steps[n-1].Lead == step.Lead {
		return
	}
	l.Steps = append(l.Steps, step)
}
