package video

import (
	"context"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/page"
)

// FollowRedraw finds anew in which areas the cameras stand, after areas were redrawn, moved or ended. It may be called
// again for the same change, and on several nodes at once.
func (s *Service) FollowRedraw(ctx context.Context) error {
	for after := ""; ; {
		list, err := listStandings(ctx, s.DB.Read(), after, page.MaxLimit)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].id
		err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			for _, one := range list {
				c := Camera{Point: geo.Point{Lon: one.lon, Lat: one.lat}}
				path := s.locate(&c)
				if err := moveCamera(ctx, tx, one, c.Area, path); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
