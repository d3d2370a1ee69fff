package duty

import "gezhi/internal/kit/authz"

// PersonView names somebody.
type PersonView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ShiftView is a shift as it is shown.
type ShiftView struct {
	ID       string       `json:"id"`
	Unit     Unit         `json:"unit"`
	Name     string       `json:"name"`
	From     int64        `json:"from" doc:"unix ms, inclusive"`
	To       int64        `json:"to" doc:"unix ms, exclusive"`
	Leader   *PersonView  `json:"leader,omitempty"`
	Members  []PersonView `json:"members" nullable:"false"`
	Handover string       `json:"handover" enum:"none,handed,taken"`
	Unhanded bool         `json:"unhanded" doc:"it is over and nobody signed it over"`
	Version  int64        `json:"version"`
}

func (s *Service) person(id string) PersonView { return PersonView{ID: id, Name: s.People.Name(id)} }

func (s *Service) unit(id string) Unit {
	u, _ := s.Units.Unit(id)
	u.ID = id
	return u
}

func (s *Service) shiftView(one Shift) ShiftView {
	v := ShiftView{ID: one.ID, Unit: s.unit(one.Unit), Name: one.Name, From: one.From, To: one.To, Members: []PersonView{}, Handover: "none",
		Unhanded: one.Unhanded(s.Clock.Now().UnixMilli()), Version: one.Version}
	if one.Handover != "" {
		v.Handover = string(one.Handover)
	}
	if one.Leader != "" {
		p := s.person(one.Leader)
		v.Leader = &p
	}
	for _, p := range one.Members {
		v.Members = append(v.Members, s.person(p))
	}
	return v
}

func (s *Service) shiftViews(list []Shift) []ShiftView {
	out := make([]ShiftView, len(list))
	for n, one := range list {
		out[n] = s.shiftView(one)
	}
	return out
}

// OnNowView is one person of a unit's duty at this moment.
type OnNowView struct {
	PersonView
	On     bool  `json:"on"`
	Signed int64 `json:"signed,omitempty" doc:"unix ms since when they are on duty by their own word; missing: by the roster only"`
	Until  int64 `json:"until" doc:"unix ms"`
	Leader bool  `json:"leader"`
	Away   bool  `json:"away"`
}

// UnitNowView is the duty of a unit at this moment.
type UnitNowView struct {
	Unit     Unit        `json:"unit"`
	Rostered bool        `json:"rostered" doc:"false: the unit keeps no roster, so everybody with a post counts as on duty"`
	Shifts   []ShiftView `json:"shifts" nullable:"false" doc:"that hold now"`
	People   []OnNowView `json:"people" nullable:"false"`
	Next     *ShiftView  `json:"next,omitempty"`
	Unhanded []ShiftView `json:"unhanded" nullable:"false" doc:"ended in the last two days without a handover"`
}

func (s *Service) nowView(n UnitNow) UnitNowView {
	v := UnitNowView{Unit: n.Unit, Rostered: n.Rostered, Shifts: s.shiftViews(n.Shifts), People: []OnNowView{}, Unhanded: s.shiftViews(n.Unhanded)}
	for _, p := range n.People {
		v.People = append(v.People, OnNowView{PersonView: s.person(p.Person), On: p.On, Signed: p.Signed, Until: p.Until, Leader: p.Leader, Away: p.Away})
	}
	if n.Next != nil {
		next := s.shiftView(*n.Next)
		v.Next = &next
	}
	return v
}

// OwnView is somebody's own duty.
type OwnView struct {
	On       bool        `json:"on"`
	Signed   int64       `json:"signed,omitempty" doc:"unix ms since when by the own word; only then a position is shared"`
	Until    int64       `json:"until,omitempty" doc:"unix ms"`
	Unit     *Unit       `json:"unit,omitempty"`
	Shift    *ShiftView  `json:"shift,omitempty" doc:"planned now"`
	Next     []ShiftView `json:"next" nullable:"false"`
	Units    []Unit      `json:"units" nullable:"false" doc:"for which the person may go on duty"`
	Position *OwnPoint   `json:"position,omitempty" doc:"that is kept now"`
	Keep     int         `json:"keep" doc:"minutes for which a position is kept"`
	Handover *ShiftView  `json:"handover,omitempty" doc:"an own shift that ends soon or is over and was not signed over"`
}

// OwnPoint says that a position of the person is kept.
type OwnPoint struct {
	At    int64 `json:"at" doc:"unix ms"`
	Until int64 `json:"until" doc:"unix ms, when it is dropped unless a newer one comes"`
}

// mostNext is how many coming shifts a person is shown.
const mostNext = 10

func (s *Service) ownView(actor authz.Actor) OwnView {
	o := s.Own(actor)
	v := OwnView{On: o.On, Next: s.shiftViews(o.Next[:min(len(o.Next), mostNext)]), Units: []Unit{}, Keep: s.Keep()}
	show := func(unit string, until int64) {
		v.Until = until
		if unit != "" {
			u := s.unit(unit)
			v.Unit = &u
		}
	}
	if o.Shift != nil {
		shift := s.shiftView(*o.Shift)
		v.Shift = &shift
		show(o.Shift.Unit, o.Shift.To)
	}
	if o.Mark != nil && o.Mark.On {
		v.Signed = o.Mark.Since
		show(o.Mark.Unit, o.Mark.Until)
	}
	for _, unit := range o.Units {
		if u, ok := s.Units.Unit(unit); ok {
			v.Units = append(v.Units, u)
		}
	}
	if o.Position != nil {
		v.Position = &OwnPoint{At: o.Position.At, Until: o.Position.At + s.keep.Load()}
	}
	if o.Unsigned != nil {
		shift := s.shiftView(*o.Unsigned)
		v.Handover = &shift
	}
	return v
}

// PointView is where somebody on duty was last.
type PointView struct {
	PersonView
	Unit     *Unit   `json:"unit,omitempty"`
	Lon      float64 `json:"lon" doc:"WGS-84"`
	Lat      float64 `json:"lat"`
	Accuracy float64 `json:"accuracy" doc:"metres; 0 for unknown"`
	At       int64   `json:"at" doc:"unix ms"`
	Until    int64   `json:"until" doc:"unix ms, when it is dropped"`
}

func (s *Service) pointView(p Position) PointView {
	v := PointView{PersonView: s.person(p.Person), Lon: p.Point.Lon, Lat: p.Point.Lat, Accuracy: p.Accuracy, At: p.At, Until: p.At + s.keep.Load()}
	if m := s.roster.Load().marks[p.Person]; m.Unit != "" {
		u := s.unit(m.Unit)
		v.Unit = &u
	}
	return v
}

// HandoverView is a handover as it is shown.
type HandoverView struct {
	ID         string      `json:"id"`
	Shift      ShiftView   `json:"shift"`
	State      string      `json:"state" enum:"handed,taken"`
	Items      OpenItems   `json:"items"`
	Notes      string      `json:"notes"`
	Outgoing   PersonView  `json:"outgoing"`
	OutgoingAt int64       `json:"outgoing_at" doc:"unix ms"`
	Incoming   *PersonView `json:"incoming,omitempty"`
	IncomingAt int64       `json:"incoming_at,omitempty" doc:"unix ms"`
	Remark     string      `json:"remark"`
	MayTake    bool        `json:"may_take" doc:"the person may sign for the incoming side"`
}

func (s *Service) handoverView(actor authz.Actor, h Handover) HandoverView {
	v := HandoverView{ID: h.ID, Shift: s.shiftView(h.Shift), State: string(h.State), Items: h.Items, Notes: h.Notes, Outgoing: s.person(h.Outgoing),
		OutgoingAt: h.OutgoingAt, IncomingAt: h.IncomingAt, Remark: h.Remark, MayTake: s.mayTake(actor, h)}
	if v.Items.Items == nil {
		v.Items.Items = []OpenItem{}
	}
	if h.Incoming != "" {
		p := s.person(h.Incoming)
		v.Incoming = &p
	}
	return v
}
