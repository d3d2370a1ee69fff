package incident

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/geo"
)

// FollowRedraw moves the open incidents of redrawn areas into the area in which they now lie, each with an entry.
// filed_area stays as it was. Incidents without a position stay where a person put them.
func (s *Service) FollowRedraw(ctx context.Context, areas []string) (moved int, err error) {
	ids, err := openIn(ctx, s.DB.Read(), s.Places, areas)
	if err != nil {
		return 0, err
	}
	for _, incident := range ids {
		changed := false
		err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			inc, err := s.touch(ctx, tx, incident)
			if err != nil {
				return err
			}
			changed = false
			if inc.Lon == nil || inc.Lat == nil || Flow.Phase(inc.State) != flow.Open {
				return errReplay
			}
			path := s.Places.Locate(geo.Point{Lon: *inc.Lon, Lat: *inc.Lat})
			if len(path) == 0 || path[len(path)-1].ID == inc.AreaID {
				return errReplay
			}
			c := &change{Service: s, actor: authz.System("redraw"), inc: inc, at: s.Clock.Now().UnixMilli()}
			last := path[len(path)-1]
			c.begin("redrawn", "", flow.Given{}, map[string]any{"from_area": inc.AreaID, "to_area": last.ID, "to_name": last.Name})
			inc.settle(path, true)
			c.finish(string(inc.State))
			changed = true
			if err := save(ctx, tx, inc); err != nil {
				return err
			}
			return c.write(ctx, tx)
		})
		if err != nil && err != errReplay {
			return moved, err
		}
		if changed {
			moved++
		}
	}
	if moved > 0 {
		s.Wake()
	}
	return moved, nil
}
