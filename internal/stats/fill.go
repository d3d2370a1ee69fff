package stats

import (
	"context"
	"log/slog"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/outbox"
)

// fillBatch is how many incidents that were there before are counted in one transaction.
const fillBatch = 200

// Fill counts the next incidents that were there before there were figures, and tells whether it is done. What changes
// meanwhile comes with the feed, of which the figures take what comes after the moment at which the filling began.
func (s *Service) Fill(ctx context.Context) (done bool, err error) {
	if done, err = s.isFilled(ctx); done || err != nil {
		return done, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		done = false
		if _, err := takeTurn(ctx, tx, s.zone().String()); err != nil {
			return err
		}
		state, err := readState(ctx, tx)
		if err != nil || state.filled {
			done = state.filled
			return err
		}
		if state.after == "" {
			if err := outbox.FromNow(ctx, tx, Consumer, s.Topic); err != nil {
				return err
			}
		}
		ids, err := s.Source.After(ctx, tx, state.after, fillBatch)
		if err != nil {
			return err
		}
		if err := s.Count(ctx, tx, ids); err != nil {
			return err
		}
		if done = len(ids) < fillBatch; len(ids) > 0 {
			state.after = ids[len(ids)-1]
		}
		state.filled = done
		return saveState(ctx, tx, state)
	})
	return done, err
}

func (s *Service) isFilled(ctx context.Context) (bool, error) {
	if s.filled.Load() {
		return true, nil
	}
	state, err := readState(ctx, s.DB.Read())
	if state.filled {
		s.filled.Store(true)
	}
	return state.filled, err
}

// fillAll fills until it is done; false when it has to be tried again.
func (s *Service) fillAll(ctx context.Context) bool {
	for ctx.Err() == nil {
		done, err := s.Fill(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("count incidents for the figures", "error", err)
		}
		if done || err != nil {
			return done
		}
	}
	return true
}
