package incident

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/geo"
)

// FollowRedraw moves the open incidents of redrawn areas into the areas in which they now lie, each with an entry:
// also when only what is above their own area is another one. filed_area stays as it was. An incident without a
// position stays where a person put it, or goes to what is left above it when that area ended.
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
			if Flow.Phase(inc.State) != flow.Open {
				return errReplay
			}
			path := s.pathNow(inc)
			was := inc.LevelIDs
			if len(path) == 0 {
				return errReplay
			}
			from, to, differs := movedTo(was, path)
			if !differs && inc.Placed {
				return errReplay
			}
			if !differs {
				to = path[len(path)-1]
			}
			c := &change{Service: s, actor: authz.System("redraw"), inc: inc, at: s.Clock.Now().UnixMilli()}
			c.begin("redrawn", "", flow.Given{}, map[string]any{"from_area": from, "to_area": to.ID, "to_name": to.Name})
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

// pathNow is where an incident lies in the present tree; empty when there is nothing to go by.
func (s *Service) pathNow(inc *Incident) []Area {
	if inc.Lon != nil && inc.Lat != nil {
		return s.Places.Locate(geo.Point{Lon: *inc.Lon, Lat: *inc.Lat})
	}
	if !inc.Placed {
		return nil
	}
	for n := len(inc.LevelIDs) - 1; n >= 0; n-- {
		if path := s.Places.Path(inc.LevelIDs[n]); len(path) > 0 {
			return path
		}
	}
	return nil
}

// movedTo compares the areas of an incident with a path and returns the deepest difference: the area left and the one
// come to. Where the path is shorter it is the end of the path.
func movedTo(was [6]string, path []Area) (from string, to Area, differs bool) {
	var now [6]string
	names := map[string]Area{}
	for _, a := range path {
		for n, level := range Levels {
			if a.Level == level {
				now[n], names[a.ID] = a.ID, a
			}
		}
	}
	for n := len(now) - 1; n >= 0; n-- {
		if now[n] == was[n] {
			continue
		}
		if to, ok := names[now[n]]; ok {
			return was[n], to, true
		}
		return was[n], path[len(path)-1], true
	}
	return "", Area{}, false
}
