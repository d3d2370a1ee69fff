package incident

import (
	"context"
	"slices"
	"strings"

	"gezhi/internal/kit/db"
)

// areasAtOnce bounds how many areas one statement names: an engine takes only so many values.
const areasAtOnce = 500

// openIn returns the open incidents of some areas and the unplaced ones, whose place may have become known. An area
// may have ended meanwhile.
func openIn(ctx context.Context, q db.Querier, places Places, areas []string) ([]string, error) {
	var ids []string
	for part := range slices.Chunk(append(slices.Clone(areas), ""), areasAtOnce) {
		var args db.Args
		text := `SELECT i.id FROM incidents i WHERE (` + inAreas(&args, places, part) + ` OR NOT i.placed) AND i.state IN (` + args.In(statesOf(openStates)) + `)`
		some, err := db.List(ctx, q, db.One[string], text, args.Values...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// inAreas is the condition for incidents of some areas. Of one that ended nobody knows the level any more.
func inAreas(args *db.Args, places Places, areas []string) string {
	byLevel := map[string][]string{}
	for _, id := range areas {
		if path := places.Path(id); len(path) > 0 {
			level := path[len(path)-1].Level
			byLevel[level] = append(byLevel[level], id)
			continue
		}
		for _, level := range Levels {
			byLevel[level] = append(byLevel[level], id)
		}
	}
	any := []string{"1 = 0"}
	for _, level := range Levels {
		if ids := byLevel[level]; len(ids) > 0 {
			any = append(any, "i."+level+"_id IN ("+args.In(ids)+")")
		}
	}
	return strings.Join(any, " OR ")
}

// OpenPlace is where an open incident lies, for weighing a redraw.
type OpenPlace struct {
	ID       string
	AreaID   string // the deepest area it is in
	Lon, Lat *float64
}

// mostPlaces bounds how many open incidents a redraw is weighed with.
const mostPlaces = 50_000

// OpenPlaces returns the open incidents of some areas, at most 50,000. It carries no words of them.
func (s *Service) OpenPlaces(ctx context.Context, areas []string) ([]OpenPlace, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	var args db.Args
	text := `SELECT i.id, i.area_id, i.lon, i.lat FROM incidents i WHERE (` + inAreas(&args, s.Places, areas) + `) AND i.placed AND i.state IN (` +
		args.In(statesOf(openStates)) + `) ORDER BY i.id LIMIT ` + args.Add(mostPlaces)
	return db.List(ctx, s.DB.Read(), func(r db.Scanner) (p OpenPlace, err error) {
		err = r.Scan(&p.ID, &p.AreaID, &p.Lon, &p.Lat)
		return p, err
	}, text, args.Values...)
}
