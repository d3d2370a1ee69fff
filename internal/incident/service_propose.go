package incident

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
)

// Offer is an action that the actor can take now, on an order or on the incident itself.
type Offer struct {
	Do    string     `json:"do"`
	Order string     `json:"order,omitempty"`
	Asks  []flow.Ask `json:"asks"`

	fixed bool // the asks stand so in the table
}

// situation describes the incident to those who decide about it.
func (s *Service) situation(inc *Incident) Situation {
	var path []Area
	for _, id := range slices.Backward(inc.LevelIDs[:]) {
		if id != "" {
			path = s.Places.Path(id)
			break
		}
	}
	situation := Situation{Category: inc.Category, Kind: inc.Kind, Severity: inc.Severity, Channel: inc.Channel, Path: path, At: now.Ms(s.Clock), Unplaced: !inc.Placed}
	if inc.Lon != nil && inc.Lat != nil {
		situation.Position = geo.Point{Lon: *inc.Lon, Lat: *inc.Lat}
	}
	return situation
}

// matter is the situation of an incident that is to be sent, with the units that returned it.
func (s *Service) matter(inc *Incident) Situation {
	situation := s.situation(inc)
	for _, o := range inc.Orders {
		if o.State == Returned && o.Role == Lead {
			situation.Avoid = append(situation.Avoid, o.UnitID)
		}
	}
	return situation
}

// propose decides where the incident should go: to the unit that a return named, else where the rules say, else where
// the like of it went.
func (s *Service) propose(inc *Incident) Proposal {
	if p, named := s.namedOnReturn(inc); named {
		return p
	}
	situation := s.matter(inc)
	p := s.Dispatch.Propose(situation)
	if slices.Contains(situation.Avoid, p.UnitID) {
		p = Proposal{Reason: Reason{Code: "returned_by_proposed"}}
	}
	if p.UnitID == "" || p.General && !p.Automatic {
		return s.learned(inc, &situation, p)
	}
	return p
}

// namedOnReturn is the unit that the last return of the lead order named.
func (s *Service) namedOnReturn(inc *Incident) (Proposal, bool) {
	for _, o := range slices.Backward(inc.Orders) {
		if o.State != Returned || o.Role != Lead {
			continue
		}
		u, ok := s.Directory.Unit(o.RightUnit)
		from, _ := s.Directory.Unit(o.UnitID)
		return Proposal{UnitID: u.ID, Reason: Reason{Code: "named_on_return", Params: map[string]string{"unit": from.Name}}}, ok && u.Open
	}
	return Proposal{}, false
}

// Offers returns what the actor can do with the incident now. In lists (brief) the long choices of units and people
// are left out; only the proposal stands there.
func (s *Service) Offers(actor authz.Actor, inc *Incident, brief bool) []Offer {
	return s.offers(lookingAs(actor), inc, brief)
}

func (s *Service) offers(by onlooker, inc *Incident, brief bool) []Offer {
	offers := []Offer{}
	for _, o := range inc.Orders {
		for _, a := range by.orders.Available(Held{inc, o}) {
			offers = append(offers, s.offer(inc, o, a, brief))
		}
	}
	for _, a := range by.moves.Available(inc) {
		if a.Do == detailMove.Do && !s.asksDetails(inc) {
			continue
		}
		offers = append(offers, s.offer(inc, nil, a, brief))
	}
	return offers
}

func (s *Service) offer(inc *Incident, order *Order, offer flow.Offer, brief bool) Offer {
	o := Offer{Do: offer.Do, Asks: offer.Asks}
	if order != nil {
		o.Order = order.ID
	}
	switch {
	case len(o.Asks) == 0:
		o.Asks = []flow.Ask{}
	case slices.ContainsFunc(o.Asks, filled):
		o.Asks = s.fill(inc, order, offer, brief)
	default:
		o.fixed = true
	}
	return o
}

// fill gives asks their options and proposals.
func (s *Service) fill(inc *Incident, order *Order, offer flow.Offer, brief bool) []flow.Ask {
	out := slices.Clone(offer.Asks)
	var p Proposal
	if offer.Do == "dispatch" {
		p = s.propose(inc)
	}
	for n := range out {
		a := &out[n]
		switch {
		case a.Type == flow.Unit:
			if !brief {
				a.Options = s.unitOptions()
			}
			if p.UnitID != "" {
				a.Proposed = p.UnitID
			}
		case a.Type == flow.Units:
			if !brief {
				a.Options = s.unitOptions()
			}
		case a.Type == flow.Person && order != nil:
			if !brief {
				a.Options = s.personOptions(order.UnitID, order.PersonID)
			}
		case a.Type == flow.Person:
			if !brief && p.UnitID != "" {
				a.Options = s.personOptions(p.UnitID, "")
			}
			if p.PersonID != "" {
				a.Proposed = p.PersonID
			}
		case a.Name == "category":
			a.Proposed = inc.Category
		case a.Name == "severity":
			a.Proposed = inc.Severity
		case a.Name == "kind":
			a.Proposed = inc.Kind
		case a.Name == "answer" && offer.Do == "close":
			if text := s.proposedAnswer(inc); text != "" {
				a.Proposed = text
			}
		}
	}
	return out
}

// filled tells whether an ask may get options or a proposal.
func filled(a flow.Ask) bool {
	switch a.Name {
	case "category", "severity", "kind", "answer":
		return true
	}
	return a.Type == flow.Unit || a.Type == flow.Units || a.Type == flow.Person
}

func (s *Service) unitOptions() []flow.Option {
	units := s.Directory.Units()
	options := make([]flow.Option, len(units))
	for n, u := range units {
		options[n] = flow.Option{Value: u.ID, Label: u.Name}
	}
	return options
}

// proposedAnswer offers the last interim answer, else the result of the lead order, to be made fit for the reporter.
func (s *Service) proposedAnswer(inc *Incident) string {
	if inc.Answer != "" {
		return seal.MaskFreeText(inc.Answer)
	}
	if lead := inc.Lead(); lead != nil {
		return seal.MaskFreeText(lead.Result)
	}
	return ""
}
