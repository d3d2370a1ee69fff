package stats

import (
	"time"
)

// Matter is one incident as it stands, with what figures make a fact of. Times are unix ms, 0 for not yet.
type Matter struct {
	ID, Number       string
	Seq              int64 // of its newest entry
	State            string
	Open, Filed      bool // by its state: work goes on; it was taken up
	Kind, Channel    string
	Category         string
	Severity         string
	Urgent           bool
	Levels           [6]string // the areas from the city down, as they are
	FiledArea        string    // '' while it is to be placed
	Title            string    // masked
	DueAt            int64
	Deferred, Paused bool
	Reworked         int64
	Returned         int64
	Reopened         int64
	Extended         int64
	LateStages       int64
	Answered         bool
	Solved           *bool
	Satisfaction     int64
	ReceivedAt       int64
	AcceptedAt       int64
	DispatchedAt     int64
	TakenAt          int64
	ArrivedAt        int64
	HandledAt        int64
	CheckedAt        int64
	ClosedAt         int64
	Orders           []Order // those that led, in the order in which they were sent
	Clocks           []Clock // in the order in which they began
}

// Order is an order that leads, or led.
type Order struct {
	ID, Unit, Person string
	Current          bool // it leads now
	Self             bool // handled on the spot
	GivenBack        bool // returned or withdrawn
	Nobody           bool // nobody was on duty when it was sent
}

// Clock is a limit that runs or ran.
type Clock struct {
	Stage, Order string // order '' for the incident itself
	StartedAt    int64
	DueAt        int64
	StoppedAt    int64
	OverdueAt    int64
}

// The promise of the street, which counts where nobody set a limit: somebody is sent within a minute, and there within
// five.
const (
	PromiseDispatch = time.Minute
	PromiseArrive   = 5 * time.Minute
)

// fact makes the fact of a matter; levels and area are where it was filed.
func (m *Matter) fact(zone *time.Location, area string, levels [6]string) *Fact {
	f := &Fact{ID: m.ID, Seq: m.Seq, Number: m.Number, State: m.State, Kind: m.Kind, Channel: m.Channel, Category: m.Category,
		Severity: m.Severity, Urgent: m.Urgent, Area: area, Levels: levels, ReceivedAt: m.ReceivedAt, AcceptedAt: m.AcceptedAt,
		DispatchedAt: m.DispatchedAt, TakenAt: m.TakenAt, ArrivedAt: m.ArrivedAt, HandledAt: m.HandledAt, CheckedAt: m.CheckedAt,
		ClosedAt: m.ClosedAt, DueAt: m.DueAt, Open: m.Open, Filed: m.Filed, Deferred: m.Open && m.Deferred, Reworked: m.Reworked,
		Returned: m.Returned, Extended: m.Extended, Stages: m.LateStages, Satisfaction: m.Satisfaction,
		Visited: m.Solved != nil || m.Satisfaction > 0, Solved: m.Solved != nil && *m.Solved}
	m.people(f)
	m.verdicts(f)
	day := func(at int64) string { return dayOf(at, zone) }
	when := func(counts bool, at int64) string {
		if !counts {
			return ""
		}
		return day(at)
	}
	f.Day = day(f.ReceivedAt)
	f.DispatchedDay = when(f.dispatched(), f.DispatchedAt)
	f.ArrivedDay = when(f.arrived(), f.ArrivedAt)
	f.HandledDay = when(f.handled(), f.HandledAt)
	f.ClosedDay = when(f.closed(), f.ClosedAt)
	f.OverdueDay = when(f.overdue() && f.OverdueAt != 0, f.OverdueAt)
	return f
}

// people says who has it, or had it last, and how the first order went.
func (m *Matter) people(f *Fact) {
	for n, o := range m.Orders {
		if n == 0 {
			f.Self, f.Right = o.Self, !o.GivenBack
		}
		if o.Current || m.current() == nil {
			f.Unit, f.Person = o.Unit, o.Person
		}
	}
}

func (m *Matter) current() *Order {
	for n := range m.Orders {
		if m.Orders[n].Current {
			return &m.Orders[n]
		}
	}
	return nil
}

// verdicts asks the clocks, and the promise where there was none. Dispatch is about the first time; the other stages
// are late as soon as one of their limits ran out.
func (m *Matter) verdicts(f *Fact) {
	dispatch := m.clocks("dispatch")
	f.Dispatch, f.DispatchMin = verdict(dispatch[:min(1, len(dispatch))])
	if len(dispatch) == 0 {
		f.Dispatch = promised(m.DispatchedAt, m.ReceivedAt, PromiseDispatch)
	}
	arrive := m.clocks("arrive")
	f.Arrive, f.ArriveMin = verdict(arrive)
	if len(arrive) == 0 {
		f.Arrive = promised(m.ArrivedAt, m.DispatchedAt, PromiseArrive)
	}
	f.Handle, _ = verdict(m.clocks("handle"))
	f.Close, _ = verdict(m.clocks("total"))
	answer, _ := verdict(m.clocks("answer"))
	f.Answered = m.Answered && answer != Late
	for _, k := range m.Clocks {
		if k.OverdueAt != 0 && (f.OverdueAt == 0 || k.OverdueAt < f.OverdueAt) {
			f.OverdueAt = k.OverdueAt
		}
	}
}

// clocks returns those of a stage that belong to the incident or to an order that leads or led.
func (m *Matter) clocks(stage string) []Clock {
	var list []Clock
	for _, k := range m.Clocks {
		if k.Stage == stage && (k.Order == "" || m.leads(k.Order)) {
			list = append(list, k)
		}
	}
	return list
}

func (m *Matter) leads(order string) bool {
	for _, o := range m.Orders {
		if o.ID == order {
			return true
		}
	}
	return false
}

// verdict returns what clocks say together, and the first one's limit in ms.
func verdict(list []Clock) (v Verdict, limit int64) {
	for n, k := range list {
		if n == 0 {
			limit = k.DueAt - k.StartedAt
		}
		switch {
		case k.OverdueAt != 0:
			return Late, limit
		case k.StoppedAt != 0:
			v = Kept
		}
	}
	return v, limit
}

// promised judges by the promise what had no limit.
func promised(at, since int64, within time.Duration) Verdict {
	switch {
	case at == 0:
		return Open
	case since != 0 && at-since > within.Milliseconds():
		return Late
	}
	return Kept
}

// dayOf returns the day of a moment in a zone.
func dayOf(at int64, zone *time.Location) string {
	return time.UnixMilli(at).In(zone).Format(time.DateOnly)
}
