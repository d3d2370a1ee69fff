package mapview

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gezhi/internal/kit/authz"
)

// Cluster is some points that lie so close together that a map shows them as one.
type Cluster struct {
	Lon, Lat float64 // their middle
	Count    int64
	Overdue  int64
	ByMark   map[string]int64
}

// clusterPixels is how wide a cell is on the screen. A tile of the map is 512 pixels wide.
const (
	clusterPixels = 80
	tilePixels    = 512
)

// Clusters returns how many points lie where, in cells that are some eighty pixels wide at a zoom, the largest last. The
// lattice stands still on the ground, so that clusters keep their places while a map moves.
func (s *Service) Clusters(ctx context.Context, actor authz.Actor, q Query, zoom float64, box *Box) ([]Cluster, error) {
	f, err := s.filter(q)
	if err != nil {
		return nil, err
	}
	f.Box = box
	width := 360 / math.Exp2(math.Floor(zoom)) * clusterPixels / tilePixels
	height := width
	if box != nil { // the map stretches what lies far north; in steps, so that the lattice does not move with the map
		height *= math.Cos(math.Round((box.South+box.North)/20) * 10 * math.Pi / 180)
	}
	cells, err := s.Source.Cells(ctx, actor, f, width, height)
	if err != nil {
		return nil, err
	}
	return clustersOf(cells), nil
}

// clustersOf joins the cells of all standings.
func clustersOf(cells []Cell) []Cluster {
	byPlace := map[[2]int64]*Cluster{}
	for _, c := range cells {
		mark := markOf(c.State, c.Lead)
		if mark < 0 {
			continue
		}
		at := [2]int64{c.X, c.Y}
		one := byPlace[at]
		if one == nil {
			one = &Cluster{ByMark: map[string]int64{}}
			byPlace[at] = one
		}
		before, all := float64(one.Count), float64(one.Count+c.Count)
		one.Lon = (one.Lon*before + c.Lon*float64(c.Count)) / all
		one.Lat = (one.Lat*before + c.Lat*float64(c.Count)) / all
		one.Count += c.Count
		one.Overdue += c.Overdue
		one.ByMark[Marks[mark]] += c.Count
	}
	list := make([]Cluster, 0, len(byPlace))
	for _, one := range byPlace {
		list = append(list, *one)
	}
	slices.SortFunc(list, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(a.Count, b.Count), cmp.Compare(a.Lon, b.Lon), cmp.Compare(a.Lat, b.Lat))
	})
	return list
}
