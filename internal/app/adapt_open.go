package app

import (
	"context"
	"math"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/geo"
	"gezhi/internal/report"
)

// openMatters gives reports what may be published of the incidents.
type openMatters struct{ app *App }

// openPage is how many incidents are looked at at once.
const openPage = 500

func (o openMatters) EachOpen(ctx context.Context, from, to string, fn func(report.OpenMatter) error) error {
	zone := o.app.Config.Zone
	if zone == nil {
		zone = time.Local
	}
	first, err := time.ParseInLocation(time.DateOnly, from, zone)
	if err != nil {
		return err
	}
	last, err := time.ParseInLocation(time.DateOnly, to, zone)
	if err != nil {
		return err
	}
	f := incident.FeatureFilter{From: first.UnixMilli(), To: last.AddDate(0, 0, 1).UnixMilli(), Limit: openPage}
	tree := o.app.Grid.Tree()
	day := func(ms int64) string {
		if ms == 0 {
			return ""
		}
		return time.UnixMilli(ms).In(zone).Format(time.DateOnly)
	}
	for {
		list, last, err := o.app.Incident.OpenFeatures(ctx, f)
		if err != nil {
			return err
		}
		for _, i := range list {
			area, at, ok := coarse(tree, i.AreaID)
			if !ok {
				continue
			}
			err := fn(report.OpenMatter{Category: i.Category.Code, CategoryZH: i.Category.Name, CategoryEN: i.Category.NameEN, State: string(i.State), Area: area,
				Lon: math.Round(at.Lon*1e5) / 1e5, Lat: math.Round(at.Lat*1e5) / 1e5, ReceivedOn: day(i.ReceivedAt), ClosedOn: day(i.ClosedAt)})
			if err != nil {
				return err
			}
		}
		if last.ID == "" {
			return nil
		}
		f.After = last.ID
	}
}

// coarse is the middle of the deepest area above an incident that has a boundary; false where there is none up to the
// street.
func coarse(tree *grid.Tree, id string) (name string, at geo.Point, ok bool) {
	path := tree.Path(id)
	for n := len(path) - 1; n >= 0 && path[n].Level.Depth() >= grid.Street.Depth(); n-- {
		if at, ok := path[n].Shape.Inside(); ok {
			return path[n].Name, at, true
		}
	}
	return "", at, false
}
