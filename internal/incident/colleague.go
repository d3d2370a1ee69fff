package incident

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// Absence says until when somebody is away, and who takes their orders meanwhile.
type Absence struct {
	Until    int64     // unix ms
	Delegate PersonRef // zero for nobody
}

// PostRef names the role in which somebody works in a unit.
type PostRef struct {
	Role   string `json:"role"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

// Colleague is somebody of a unit who can be given an order.
type Colleague struct {
	PersonRef
	Posts []PostRef
}

// Loaded is a colleague with what says whether to send to them: whether they are away, and how many orders they have.
type Loaded struct {
	Colleague
	Absence *Absence // nil while they are there
	Open    int      // orders in hand
}

// Colleagues returns those of a unit who can be given an order. Whoever dispatches may ask for any unit, whoever
// handles for those in which they do.
func (s *Service) Colleagues(ctx context.Context, actor authz.Actor, unit string) ([]Loaded, error) {
	handles := actor.Scope(perm.IncidentHandle)
	if _, ok := s.Directory.Unit(unit); !ok || !actor.Can(perm.IncidentDispatch) && !handles.Covers(authz.Target{Units: []string{unit}}) {
		return nil, fault.Missing("unit")
	}
	list := s.Directory.Colleagues(unit)
	ids := make([]string, len(list))
	for n, c := range list {
		ids[n] = c.ID
	}
	open, err := ordersInHand(ctx, s.DB.Read(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]Loaded, len(list))
	for n, c := range list {
		out[n] = Loaded{Colleague: c, Open: open[c.ID]}
		if a, away := s.Directory.AbsenceOf(c.ID); away {
			out[n].Absence = &a
		}
	}
	return out, nil
}

// personOptions offers the people of a unit except one, and says who of them is away.
func (s *Service) personOptions(unit, but string) []flow.Option {
	options := []flow.Option{}
	for _, c := range s.Directory.Colleagues(unit) {
		if c.ID == but {
			continue
		}
		o := flow.Option{Value: c.ID, Label: c.Name}
		if a, away := s.Directory.AbsenceOf(c.ID); away {
			o.Absent = &flow.Absent{Until: a.Until, Delegate: flow.Named(a.Delegate)}
		}
		options = append(options, o)
	}
	return options
}

// works tells whether somebody can be given an order in a unit.
func (s *Service) works(unit, person string) bool {
	for _, c := range s.Directory.Colleagues(unit) {
		if c.ID == person {
			return true
		}
	}
	return false
}
