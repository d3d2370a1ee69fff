package bulk

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
)

// lease is how long a node may be silent before another goes on with its import.
const lease = time.Minute

// Run carries out imports, one after the other, until the context ends. What a stopped server left half done goes on.
func (d *Desk) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var purged time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-d.wake:
		}
		if _, err := d.Work(ctx); err != nil && ctx.Err() == nil {
			slog.Error("an import stopped", "error", err)
		}
		if at := d.Clock.Now(); at.Sub(purged) > time.Hour {
			purged = at
			if err := d.purge(ctx, at); err != nil && ctx.Err() == nil {
				slog.Error("removing old imports failed", "error", err)
			}
		}
	}
}

// Work carries out every import that waits, and tells how many.
func (d *Desk) Work(ctx context.Context) (n int, err error) {
	for {
		at := d.Clock.Now()
		var jobID string
		err := d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
			jobID, err = leaseJob(ctx, tx, at.UnixMilli(), at.Add(lease).UnixMilli())
			return err
		})
		if err != nil || jobID == "" {
			return n, err
		}
		if err := d.carryOut(ctx, jobID); err != nil {
			return n, err
		}
		n++
	}
}

func (d *Desk) carryOut(ctx context.Context, jobID string) error {
	j, ok, err := readJob(ctx, d.DB.Read(), jobID)
	if err != nil || !ok {
		return err
	}
	k, ok := d.kinds[j.Kind]
	if !ok {
		return fmt.Errorf("no list %q to bring in", j.Kind)
	}
	// It goes on as the person who started it, within what that person may still do.
	actor, ok, err := d.Actor(ctx, j.AccountID)
	if err != nil {
		return err
	}
	if !ok || !actor.Can(k.Need) {
		return d.end(ctx, authz.Actor{AccountID: j.AccountID, Name: j.AccountName}, j, Failed, "forbidden")
	}
	if j.Whole {
		err = d.writeWhole(ctx, actor, k, j)
	} else {
		err = d.writeChunks(ctx, actor, k, j)
	}
	if f, ok := fault.As(err); ok && f.Kind != fault.Unavailable && f.Kind != fault.Internal {
		return d.end(ctx, actor, j, Failed, f.Code)
	}
	if err != nil {
		return err
	}
	return d.end(ctx, actor, j, Done, "")
}

// writeChunks writes a chunk in each transaction, so that others can work in between.
func (d *Desk) writeChunks(ctx context.Context, actor authz.Actor, k Kind, j Job) error {
	for ctx.Err() == nil {
		seq, body, err := nextChunk(ctx, d.DB.Read(), j.ID)
		if err != nil || seq < 0 {
			return err
		}
		c, err := d.openChunk(j.ID, body)
		if err != nil {
			return err
		}
		err = k.Write(ctx, actor, j.head.table(c.Rows), false, func(ctx context.Context, tx db.Tx, outcomes []Outcome) error {
			return d.keep(ctx, tx, j, seq, chunk{c.Rows, outcomes})
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// writeWhole writes all rows in one transaction, or none.
func (d *Desk) writeWhole(ctx context.Context, actor authz.Actor, k Kind, j Job) error {
	bodies, err := readChunks(ctx, d.DB.Read(), j.ID, 0)
	if err != nil {
		return err
	}
	var all []sheet.Row
	sizes := make([]int, len(bodies))
	for i, body := range bodies {
		c, err := d.openChunk(j.ID, body)
		if err != nil {
			return err
		}
		all, sizes[i] = append(all, c.Rows...), len(c.Rows)
	}
	return k.Write(ctx, actor, j.head.table(all), true, func(ctx context.Context, tx db.Tx, outcomes []Outcome) error {
		from := 0
		for seq, n := range sizes {
			if err := d.keep(ctx, tx, j, seq, chunk{all[from : from+n], outcomes[from : from+n]}); err != nil {
				return err
			}
			from += n
		}
		return nil
	})
}

// keep writes what became of a chunk's rows in the transaction that wrote them.
func (d *Desk) keep(ctx context.Context, tx db.Tx, j Job, seq int, c chunk) error {
	body, err := d.sealChunk(j.ID, c)
	if err != nil {
		return err
	}
	first, err := keepChunk(ctx, tx, j.ID, seq, body)
	if err != nil {
		return err
	}
	if !first {
		return fault.New(fault.Unavailable, "store.unknown") // another node went on with it; its rows are there
	}
	at := d.Clock.Now()
	return progress(ctx, tx, j.ID, len(c.Rows), count(c.Outcomes), at.UnixMilli(), at.Add(lease).UnixMilli())
}

func (d *Desk) end(ctx context.Context, actor authz.Actor, j Job, state State, code string) error {
	at := d.Clock.Now()
	return d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := endJob(ctx, tx, j.ID, state, code, at.UnixMilli()); err != nil {
			return err
		}
		now, _, err := readJob(ctx, tx, j.ID)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: "import." + string(state), Object: "list", ObjectID: j.Kind,
			Detail: detail(now, "new", now.Counts.Made, "changed", now.Counts.Changed, "same", now.Counts.Same, "error", now.Counts.Refused)})
	})
}

func detail(j Job, pairs ...any) map[string]string {
	out := map[string]string{"import": j.ID}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	return out
}

// purge removes imports that nobody touched for a day, with the passwords in them.
func (d *Desk) purge(ctx context.Context, at time.Time) error {
	old, err := oldJobs(ctx, d.DB.Read(), at.Add(-kept).UnixMilli())
	for _, jobID := range old {
		if err := d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteJob(ctx, tx, jobID) }); err != nil {
			return err
		}
	}
	return err
}
