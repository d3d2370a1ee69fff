package incident

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// Feature is what other programs are told of an incident for their maps: no reporter, no address, and words only for
// those who may read the incident.
type Feature struct {
	ID, Number string
	State      State
	Kind       string
	Channel    string
	Category   NamedCode
	Severity   string
	Urgent     bool
	Title      string   // with numbers masked; '' for whoever may see figures only
	Lon, Lat   *float64 // WGS-84
	AreaID     string   // deepest area; '' while it is to be placed
	LevelIDs   [6]string

	ReceivedAt, AcceptedAt, DispatchedAt, ArrivedAt, HandledAt, ClosedAt int64 // unix ms; 0 for not yet

	DueAt      int64 // nearest of the running clocks, unix ms
	LateStages int64 // stages that took longer than their limit
}

// FeatureFilter says which incidents other programs ask for. Empty fields do not filter.
type FeatureFilter struct {
	From, To int64 // received_at, unix ms, [From, To)
	Box      *Box
	Area     string // with everything below it
	Category string // with everything below it
	State    string
	Open     bool   // only those in which work goes on
	After    string // id: only those older than this one
	Limit    int
}

// FeatureCell is how many incidents lie in one cell of a lattice, and their middle.
type FeatureCell struct {
	X, Y     int64 // number of the cell from the lattice's south-western corner
	Lon, Lat float64
	Count    int64
	Overdue  int64
}

// Lattice cuts a box into cells of the same size in degrees.
type Lattice struct {
	Box           Box
	Width, Height float64
}

// featurePermission returns with which permission the actor sees features, and whether their words too.
func featurePermission(actor authz.Actor) (need authz.Permission, words bool) {
	if actor.Can(perm.IncidentRead) {
		return perm.IncidentRead, true
	}
	return perm.FiguresRead, false
}

// openKinds are the kinds that may be published: the same that are shown nearby.
var openKinds = nearbyKinds

// publishable tells whether an incident may be published, without words and with its place made coarse: of a public category
// and an everyday kind, placed, not confidential, never in the hands of the police, and one that did not come to nothing.
func (s *Service) publishable(i *Incident) bool {
	k, known := s.Categories().Get(i.Category)
	if !known || !k.Public || !i.Placed || i.Reporter.Confidential || Flow.Phase(i.State) == flow.Ended || !slices.Contains(openKinds, i.Kind) {
		return false
	}
	return !slices.ContainsFunc(i.Orders, func(o *Order) bool {
		u, _ := s.Directory.Unit(o.UnitID)
		return u.Speciality == "police"
	})
}
