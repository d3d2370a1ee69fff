package grid

import (
	"context"

	"gezhi/internal/kit/db"
)

// PathAt returns the areas from the root down to one, under the parents that they had at an instant (unix ms), also when
// it or one of them ended since; nil for an unknown one. Names and levels are today's.
func (s *Service) PathAt(ctx context.Context, id string, at int64) ([]Area, error) {
	return readPathAt(ctx, s.db.Read(), id, at)
}

// Former returns areas by their ids, also those that ended; unknown ones are left out.
func (s *Service) Former(ctx context.Context, ids []string) ([]Area, error) {
	var list []Area
	err := db.InParts(ids, func(part []string) error {
		some, err := readFormer(ctx, s.db.Read(), part)
		list = append(list, some...)
		return err
	})
	return list, err
}

// Moved returns when an area last ended or came under another parent, 0 for never: what was filed later lies under the
// parents of the present tree.
func (s *Service) Moved(ctx context.Context) (int64, error) { return readMoved(ctx, s.db.Read()) }
