package incident

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

const (
	// sweepBatch is how many due incidents are taken at a time, sweepers how many at once: enough for their commits to
	// be grouped, few enough for reports to come between.
	sweepBatch = 256
	sweepers   = 4
)

// sweeper is who the machine is on the timeline when time alone does something.
var sweeper = authz.System("clock")

// RunSweep sweeps until the context ends: again at once while something was due, else after a rest.
func (s *Service) RunSweep(ctx context.Context, rest time.Duration) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		done, err := s.Sweep(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("looking after due clocks failed", "error", err)
		}
		if done == 0 || err != nil {
			timer.Reset(rest)
		} else {
			timer.Reset(0)
		}
	}
}

// Sweep does what is due by now, for up to a batch of incidents: it warns, marks what is overdue and lets it climb, asks
// for progress reports, puts claimed orders that nobody acts on back into the pool, and ends pauses. Each happens
// exactly once, because it is one guarded change of the incident: several nodes share the work, and what one has done
// the others find done. It returns how many incidents it changed. One that fails keeps none of the others back.
func (s *Service) Sweep(ctx context.Context) (done int, err error) {
	now := s.Clock.Now().UnixMilli()
	ids, err := dueIncidents(ctx, s.DB.Read(), now, sweepBatch)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	work := make(chan string)
	for range min(sweepers, len(ids)) {
		wg.Go(func() {
			for incident := range work {
				changed, e := s.sweepOne(ctx, incident)
				mu.Lock()
				if changed {
					done++
				}
				err = errors.Join(err, e)
				mu.Unlock()
			}
		})
	}
	for _, incident := range ids {
		work <- incident
	}
	close(work)
	wg.Wait()
	if done > 0 {
		s.Wake()
	}
	return done, err
}

// sweepOne does what is due for one incident; false when another node has done it.
func (s *Service) sweepOne(ctx context.Context, incident string) (changed bool, err error) {
	var inc *Incident
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if inc, err = s.touch(ctx, tx, incident); err != nil {
			return err
		}
		due := &tick{Service: s, inc: inc, now: s.Clock.Now().UnixMilli()}
		if err := due.all(); err != nil {
			return err
		}
		if len(due.steps) == 0 && !due.aimed {
			return errReplay
		}
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		for _, c := range due.steps {
			if err := c.write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errReplay) {
		return false, nil
	}
	if err == nil {
		s.remember(inc)
	}
	return err == nil, err
}
