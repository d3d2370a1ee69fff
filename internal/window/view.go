package window

import (
	"gezhi/internal/kit/authz"
)

// View is a window as it is shown.
type View struct {
	ID      string `json:"id"`
	Office  string `json:"office"`
	Name    string `json:"name"`
	Kind    string `json:"kind" enum:"general,legal,enforcement,mediation"`
	Counter int64  `json:"counter"`
	Open    bool   `json:"open"`
	Version int64  `json:"version"`
}

func viewOf(w Window) View { return View(w) }

// NumberView is a queue number as it is shown, with what the person may do with it now.
type NumberView struct {
	ID             string   `json:"id"`
	Label          string   `json:"label"`
	Kind           string   `json:"kind"`
	State          State    `json:"state" enum:"waiting,called,serving,done,skipped"`
	Window         string   `json:"window,omitempty"`
	Counter        int64    `json:"counter,omitempty"`
	Calls          int64    `json:"calls"`
	Incident       string   `json:"incident,omitempty"`
	IncidentNumber string   `json:"incident_number,omitempty"`
	TakenAt        int64    `json:"taken_at"`
	CalledAt       int64    `json:"called_at,omitempty"`
	ServingAt      int64    `json:"serving_at,omitempty"`
	EndedAt        int64    `json:"ended_at,omitempty"`
	Actions        []string `json:"actions" nullable:"false"`
}

func (s *Service) numberView(actor authz.Actor, n *QueueNumber) NumberView {
	v := NumberView{ID: n.ID, Label: n.Label(), Kind: n.Kind, State: n.State, Window: n.Window, Calls: n.Calls, Incident: n.Incident,
		IncidentNumber: n.IncidentNumber, TakenAt: n.TakenAt, CalledAt: n.CalledAt, ServingAt: n.ServingAt, EndedAt: n.EndedAt, Actions: []string{}}
	for _, offer := range Flow.Available(actor, n) {
		v.Actions = append(v.Actions, offer.Do)
	}
	return v
}

// DayView is a day at the windows as it is shown.
type DayView struct {
	Office  Office       `json:"office"`
	Day     string       `json:"day"`
	Windows []View       `json:"windows" nullable:"false"`
	Numbers []NumberView `json:"numbers" nullable:"false"`
	Figures []Figures    `json:"figures" nullable:"false"`
}

func (s *Service) dayView(actor authz.Actor, d *Day) DayView {
	v := DayView{Office: d.Office, Day: d.Day, Windows: []View{}, Numbers: []NumberView{}, Figures: d.Figures}
	counters := map[string]int64{}
	for _, w := range d.Windows {
		v.Windows = append(v.Windows, viewOf(w))
		counters[w.ID] = w.Counter
	}
	reach := Flow.For(actor)
	for _, n := range d.Numbers {
		one := s.numberView(authz.Actor{}, n)
		one.Counter = counters[n.Window]
		for _, offer := range reach.Available(n) {
			one.Actions = append(one.Actions, offer.Do)
		}
		v.Numbers = append(v.Numbers, one)
	}
	return v
}
