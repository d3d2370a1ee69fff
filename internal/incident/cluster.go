package incident

import (
	"slices"

	"gezhi/internal/kit/geo"
)

// What counts as one matter that several people report: the same category, within clusterMetres of the oldest of them,
// each within clusterMs of the one before.
const (
	clusterMetres = 150.0
	clusterMs     = 3 * 24 * 3600 * 1000
)

// ClusterMember is one of several incidents that may be the same matter.
type ClusterMember struct {
	ID         string  `json:"id"`
	Number     string  `json:"number"`
	Title      string  `json:"title"`
	State      State   `json:"state"`
	Severity   string  `json:"severity"`
	Address    string  `json:"address"`
	ReceivedAt int64   `json:"received_at" doc:"unix ms"`
	Joined     int64   `json:"joined,omitempty" doc:"how many others are handled with it already"`
	Lon        float64 `json:"lon"`
	Lat        float64 `json:"lat"`

	category, area string
	cell           int64
}

func (m *ClusterMember) point() geo.Point { return geo.Point{Lon: m.Lon, Lat: m.Lat} }

// people is how many reported it.
func (m *ClusterMember) people() int64 { return 1 + m.Joined }

// Cluster is what several people report at one place.
type Cluster struct {
	Members []*ClusterMember // oldest first
	last    int64
}

// People is how many people reported it.
func (c *Cluster) People() (n int64) {
	for _, m := range c.Members {
		n += m.people()
	}
	return n
}

// clustersOf groups incidents, oldest first, and returns the groups that at least people reported, the largest first.
// Each incident belongs to the first group near whose oldest member it lies, so that no group creeps along a street.
func clustersOf(list []*ClusterMember, people int64) []*Cluster {
	open := map[string]map[int64][]*Cluster{} // by category and cell of the oldest member
	var all []*Cluster
	for _, m := range list {
		cells := open[m.category]
		if cells == nil {
			cells = map[int64][]*Cluster{}
			open[m.category] = cells
		}
		if c := nearest(cells, m); c != nil {
			c.Members, c.last = append(c.Members, m), m.ReceivedAt
			continue
		}
		c := &Cluster{Members: []*ClusterMember{m}, last: m.ReceivedAt}
		cells[m.cell] = append(cells[m.cell], c)
		all = append(all, c)
	}
	all = slices.DeleteFunc(all, func(c *Cluster) bool { return c.People() < people })
	slices.SortStableFunc(all, func(a, b *Cluster) int { return int(b.People() - a.People()) })
	return all
}

// nearest returns the group to which an incident belongs, nil for none.
func nearest(cells map[int64][]*Cluster, m *ClusterMember) (found *Cluster) {
	best := clusterMetres
	for _, n := range cellsIn(boxOf(m.point(), clusterMetres)) {
		for _, c := range cells[n.(int64)] {
			if d := geo.Distance(c.Members[0].point(), m.point()); d <= best && m.ReceivedAt-c.last <= clusterMs {
				found, best = c, d
			}
		}
	}
	return found
}
