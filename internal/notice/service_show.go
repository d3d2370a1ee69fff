package notice

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// How long a wall counts, in ms: as one that is on after its last word, and as one that shows a notice after it last
// said so. A wall that was silent for a week is forgotten.
const (
	wallsFor     = 60 * 60 * 1000
	showsFor     = 150 * 1000
	wallsKeptFor = 7 * 24 * 60 * 60 * 1000
)

// mostShown bounds what a wall or a device may say at once that it shows.
const mostShown = 50

// Report notes that the wall on which the actor is signed in is on, and which notices it shows. What it may not see, or
// is not meant for walls, is not counted.
func (s *Service) Report(ctx context.Context, actor authz.Actor, showing []string) error {
	if len(showing) > mostShown {
		return tooMany("showing")
	}
	list, _, err := s.Current(ctx, actor, Screens)
	if err != nil {
		return err
	}
	may := map[string]bool{}
	for _, n := range list {
		may[n.ID] = true
	}
	wall, at := id.Derive("wall", actor.AccountID, actor.SessionID), now.Ms(s.Clock)
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := putWall(ctx, tx, wall, actor.AccountID, at); err != nil {
			return err
		}
		for _, notice := range showing {
			if !may[notice] {
				continue
			}
			if err := putShow(ctx, tx, notice, wall, at); err != nil {
				return err
			}
		}
		return forgetWalls(ctx, tx, at-wallsKeptFor)
	})
}

// Public returns what residents are to be shown now: emergencies first, then the newest.
func (s *Service) Public(ctx context.Context) ([]*Notice, error) {
	return publicBulletins(ctx, s.DB.Read(), now.Ms(s.Clock), mostCurrent)
}

// CountDevice counts one more device of a resident for some notices. Who it is, is neither told nor asked: the device
// itself remembers for what it was counted. What is not public now is passed over.
func (s *Service) CountDevice(ctx context.Context, notices []string) error {
	if len(notices) > mostCurrent {
		return tooMany("ids")
	}
	at := now.Ms(s.Clock)
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		seen := map[string]bool{}
		for _, notice := range notices {
			if !id.Valid(notice) || seen[notice] {
				continue
			}
			seen[notice] = true
			if err := countDevice(ctx, tx, notice, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// Stands tells whether a notice is there, and whether it is current, for whoever wakes phones about it.
func (s *Service) Stands(ctx context.Context, notice string) (current, there bool, err error) {
	n, err := readAny(ctx, s.DB.Read(), notice)
	if fault.Is(err, "not_found") {
		return false, false, nil
	}
	if err != nil {
		return false, false, err
	}
	return n.State(now.Ms(s.Clock)) == Current, true, nil
}

func tooMany(field string) error {
	var f fault.Fields
	f.Add(field, "field.too_many", "max", mostShown)
	return f.Err()
}
