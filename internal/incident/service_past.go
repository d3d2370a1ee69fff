package incident

import "context"

// Past is an incident that was dispatched: how it stands, as a decision sees it, and which unit got it first.
type Past struct {
	ID     string
	Number string
	Situation
	UnitID string
}

// Latest returns the latest incidents that were dispatched, newest first, at most so many. It is for rehearsing rules
// and asks nobody's permission: what it tells holds no words of anybody.
func (s *Service) Latest(ctx context.Context, limit int) ([]Past, error) {
	list, err := readLatest(ctx, s.DB.Read(), limit)
	for n := range list {
		for _, area := range list[n].Path { // deepest first; one that ended since has no path
			if path := s.Places.Path(area.ID); len(path) > 0 {
				list[n].Path = path
				break
			}
			list[n].Path = nil
		}
	}
	return list, err
}
