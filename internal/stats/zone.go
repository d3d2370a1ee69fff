package stats

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gezhi/internal/kit/db"
)

func (s *Service) zone() *time.Location {
	if s.Zone != nil {
		return s.Zone
	}
	return time.Local
}

// named returns the zone by whose days a store counts. It need not be this program's: whoever counts adds to the days
// that are there, and only Settle changes them.
func (s *Service) named(zone string) (*time.Location, error) {
	if zone == "" || zone == s.zone().String() {
		return s.zone(), nil
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("figures are counted by the days of the zone %q, which this program does not know: %w", zone, err)
	}
	return at, nil
}

// Settle makes the days of the figures those of this program's zone. Where they were counted by another one, every fact
// and sum is dropped, and Fill counts them anew; until that is done the figures say that they are not whole.
func (s *Service) Settle(ctx context.Context) error {
	own := s.zone().String()
	state, err := readState(ctx, s.DB.Read())
	if err != nil || state.zone == "" || state.zone == own {
		return err
	}
	slog.Warn("figures were counted by the days of another zone (GEZHI_TZ): all of them are counted anew", "was", state.zone, "is", own)
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		was, err := takeTurn(ctx, tx, own)
		if err != nil || was == own {
			return err
		}
		return forget(ctx, tx, own)
	})
	s.filled.Store(false)
	return err
}

// settled settles the days; false when it has to be tried again.
func (s *Service) settled(ctx context.Context) bool {
	err := s.Settle(ctx)
	if err != nil && ctx.Err() == nil {
		slog.Error("settle the days of the figures", "error", err)
	}
	return err == nil
}
