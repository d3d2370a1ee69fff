package incident

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/seal"
)

// Limits of the lists of clusters and hot spots.
const (
	clusterRead  = 5000                  // open incidents that are looked at
	clusterFor   = 14 * 24 * 3600 * 1000 // where no time is given
	clusterMost  = 100
	clusterNames = 200 // members that are listed of one
	spotMost     = 500
	spotLeast    = 2
)

// ClusterView is what several people report at one place.
type ClusterView struct {
	Category *NamedCode       `json:"category" doc:"null while unclassified"`
	Place    string           `json:"place" doc:"name of the micro-grid or grid"`
	Address  string           `json:"address,omitempty"`
	Lon      float64          `json:"lon"`
	Lat      float64          `json:"lat"`
	People   int64            `json:"people" doc:"how many people reported it"`
	First    int64            `json:"first" doc:"unix ms"`
	Last     int64            `json:"last" doc:"unix ms"`
	Members  []*ClusterMember `json:"members" nullable:"false" doc:"oldest first, at most 200"`
}

// Clusters returns the open matters that at least people people report: of one category, close together in place and
// time. Full says that there is more than was looked at, of which the newest count.
func (s *Service) Clusters(ctx context.Context, actor authz.Actor, f Filter, people int64) (list []ClusterView, full bool, err error) {
	if f.From == 0 && f.To == 0 {
		f.From = s.Clock.Now().UnixMilli() - clusterFor
	}
	f.Limit = clusterRead
	members, err := s.openMembers(ctx, actor, f)
	if err != nil {
		return nil, false, err
	}
	slices.Reverse(members)
	found := clustersOf(members, max(2, people))
	full = len(members) == clusterRead || len(found) > clusterMost
	list = []ClusterView{}
	for _, c := range found[:min(len(found), clusterMost)] {
		list = append(list, s.clusterView(c))
	}
	return list, full, nil
}

func (s *Service) clusterView(c *Cluster) ClusterView {
	first, last := c.Members[0], c.Members[len(c.Members)-1]
	v := ClusterView{Category: s.named(first.category), Place: s.placeName(first.area), Address: seal.MaskFreeText(first.Address), Lon: first.Lon, Lat: first.Lat,
		People: c.People(), First: first.ReceivedAt, Last: last.ReceivedAt, Members: c.Members[:min(len(c.Members), clusterNames)]}
	for _, m := range v.Members {
		m.Title, m.Address = seal.MaskFreeText(m.Title), seal.MaskFreeText(m.Address)
	}
	return v
}

func (s *Service) named(category string) *NamedCode {
	if k, ok := s.Categories().Get(category); ok {
		return &NamedCode{k.Code, k.NameZH, k.NameEN}
	}
	return nil
}

func (s *Service) placeName(area string) string {
	path := s.Places.Path(area)
	names := []string{nameAt(path, "community"), nameAt(path, "microgrid", "grid")}
	return strings.TrimSpace(strings.Join(names, " "))
}

// HotSpot is a place where something repeats. It names no address and nobody.
type HotSpot struct {
	Category *NamedCode `json:"category" doc:"null while unclassified"`
	Place    string     `json:"place" doc:"names of community and micro-grid"`
	Road     string     `json:"road,omitempty" doc:"road or quarter, without number"`
	Lon      float64    `json:"lon" doc:"middle of a cell of about 150 m"`
	Lat      float64    `json:"lat"`
	Day      SpotCount  `json:"day"`
	Week     SpotCount  `json:"week" doc:"7 days"`
	Month    SpotCount  `json:"month" doc:"30 days"`
	From     int64      `json:"from" doc:"begin of the 30 days, unix ms"`
	To       int64      `json:"to" doc:"end of the day, unix ms"`
	BBox     string     `json:"bbox" doc:"west,south,east,north of the cell"`
}

// SpotCount is how often it was reported, and how often in as many days before.
type SpotCount struct {
	N      int64 `json:"n"`
	Before int64 `json:"before"`
}

// HotSpots returns what was reported repeatedly at one place by the end of a day (as 2026-03-02; ” for today).
func (s *Service) HotSpots(ctx context.Context, actor authz.Actor, day string, f Filter) ([]HotSpot, error) {
	now := s.Clock.Now()
	at := now
	if day != "" {
		var err error
		if at, err = time.ParseInLocation(time.DateOnly, day, now.Location()); err != nil {
			return nil, invalid("day", "field.date")
		}
	}
	f.To, f.Limit = startOfDay(at.AddDate(0, 0, 1)), spotMost
	const dayMs = 24 * 3600 * 1000
	found, err := s.spots(ctx, actor, f, spotLeast, dayMs)
	if err != nil {
		return nil, err
	}
	list := make([]HotSpot, len(found))
	for i, n := range found {
		middle := cellCentre(n.cell)
		list[i] = HotSpot{Category: s.named(n.category), Place: s.placeName(n.area), Road: road(n.address), Lon: middle.Lon, Lat: middle.Lat,
			Day: SpotCount{n.last[0], n.before[0]}, Week: SpotCount{n.last[1], n.before[1]}, Month: SpotCount{n.last[2], n.before[2]},
			From: f.To - spotDays[2]*dayMs, To: f.To, BBox: cellBox(middle)}
	}
	return list, nil
}

// road returns the beginning of an address up to its first number: where it is, not who lives there.
func road(address string) string {
	const numbers = "0123456789０１２３４５６７８９#号栋幢座"
	if n := strings.IndexAny(address, numbers); n >= 0 {
		address = address[:n]
	}
	if name := []rune(strings.TrimSpace(address)); len(name) <= 20 {
		return string(name)
	}
	return ""
}

func cellBox(middle geo.Point) string {
	const half = 0.5 / cellsPerDegree
	return fmt.Sprintf("%.6f,%.6f,%.6f,%.6f", middle.Lon-half, middle.Lat-half, middle.Lon+half, middle.Lat+half)
}
