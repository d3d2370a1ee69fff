package bulk

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"time"

	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
)

// told is after how many rows the store learns how far a list is.
const told = 2_000

// errStopped ends a list that its person stopped, or that another node took over.
var errStopped = errors.New("stopped")

// RunOutputs takes out the lists that wait, one after the other, until the context ends. What a stopped server left
// begins again when its lease is over.
func (d *Desk) RunOutputs(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var purged time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-d.outWake:
		}
		if _, err := d.WorkOutputs(ctx); err != nil && ctx.Err() == nil {
			slog.Error("a list was not taken out", "error", err)
		}
		if at := d.Clock.Now(); at.Sub(purged) > time.Hour {
			purged = at
			if err := d.purgeOutputs(ctx, at); err != nil && ctx.Err() == nil {
				slog.Error("removing old files failed", "error", err)
			}
		}
	}
}

// WorkOutputs takes out every list that waits, and tells how many.
func (d *Desk) WorkOutputs(ctx context.Context) (n int, err error) {
	for {
		at := d.Clock.Now()
		mine := id.New(at)
		var outID string
		err := d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
			outID, err = leaseOut(ctx, tx, mine, at.UnixMilli(), at.Add(lease).UnixMilli())
			return err
		})
		if err != nil || outID == "" {
			return n, err
		}
		if err := d.takeOut(ctx, outID, mine); err != nil {
			return n, err
		}
		n++
	}
}

// takeOut writes one file and keeps it, with the rights that its person has at this moment.
func (d *Desk) takeOut(ctx context.Context, outID, mine string) error {
	o, ok, err := readOut(ctx, d.DB.Read(), outID)
	if err != nil || !ok {
		return err
	}
	file, err := d.writeOut(ctx, &o, mine)
	switch {
	case errors.Is(err, errStopped) || ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		o.State, o.Fault = OutFailed, "internal"
		if f, ok := fault.As(err); ok {
			o.Fault = f.Code
		} else {
			slog.Error("a list was not taken out", "list", o.List, "error", err)
		}
	default:
		o.State, o.File, o.Size = OutDone, file.Hash, file.Size
	}
	return d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := endOut(ctx, tx, o, mine, d.Clock.Now().UnixMilli())
		return err
	})
}

func (d *Desk) writeOut(ctx context.Context, o *Output, mine string) (blob.Blob, error) {
	from, known := d.outOf(o.List)
	if !known {
		return blob.Blob{}, fault.Missing("export")
	}
	actor, ok, err := d.Actor(ctx, o.AccountID)
	if err != nil {
		return blob.Blob{}, err
	}
	if !ok || !from.list.Access.Admits(actor) {
		return blob.Blob{}, fault.New(fault.Forbidden, "forbidden")
	}
	query, err := d.Seal.Open(o.query, placeOfQuery(o.ID))
	if err != nil {
		return blob.Blob{}, err
	}
	rows, err := from.open([]byte(query))
	if err != nil {
		return blob.Blob{}, err
	}
	read, write := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		n, full, err := d.write(web.WithActor(ctx, actor), write, from.list, o.Format, words.Speaker{Lang: o.Lang, Catalog: d.Words}, sheet.MaxWritten, d.counted(o.ID, mine, rows))
		if err == nil {
			o.Written, o.Cut = n, full
			err = d.note(ctx, actor, o.List, o.Format, n, full)
		}
		write.CloseWithError(err)
	}()
	file, err := d.Files.Put(ctx, read, maxOut)
	read.CloseWithError(err)
	<-ended // whoever writes must not outlive the turn: another one may take the list up again
	return file, err
}

// counted tells the store how far the rows are, and ends them when they are wanted no more.
func (d *Desk) counted(outID, mine string, rows fill) fill {
	return func(ctx context.Context, say words.Speaker, row Row) error {
		n := 0
		ctx = context.WithValue(ctx, expecting{}, func(rows int) error {
			return d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return expectOut(ctx, tx, outID, mine, rows) })
		})
		return rows(ctx, say, func(values ...any) error {
			if n++; n%told == 0 {
				at := d.Clock.Now()
				var mineStill bool
				err := d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
					mineStill, err = outProgress(ctx, tx, outID, mine, n, at.UnixMilli(), at.Add(lease).UnixMilli())
					return err
				})
				if err != nil {
					return err
				}
				if !mineStill {
					return errStopped
				}
			}
			return row(values...)
		})
	}
}

// expecting is where a list that is taken out in the background tells how long it will be.
type expecting struct{}

// Expect lets whoever waits for a list in the background see how far it is of all. Only then count is asked how many rows
// it will have; it need not look beyond most, which is what a table holds.
func Expect(ctx context.Context, count func(ctx context.Context, most int) (int, error)) error {
	tell, ok := ctx.Value(expecting{}).(func(int) error)
	if !ok {
		return nil
	}
	rows, err := count(ctx, sheet.MaxWritten)
	if err != nil {
		return err
	}
	return tell(rows)
}

// purgeOutputs forgets what was taken out a day ago, and removes the files to which nothing refers; a file that was put
// within the hour may still be on its way to its row.
func (d *Desk) purgeOutputs(ctx context.Context, at time.Time) error {
	if d.Files == nil {
		return nil
	}
	if err := d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteOldOuts(ctx, tx, at.Add(-keptOut).UnixMilli()) }); err != nil {
		return err
	}
	wanted, err := outFiles(ctx, d.DB.Read())
	if err != nil {
		return err
	}
	return d.Files.Walk(ctx, func(e blob.Entry) error {
		if slices.Contains(wanted, e.Hash) || at.Sub(e.Modified) < time.Hour {
			return nil
		}
		return d.Files.Delete(ctx, e.Hash)
	})
}
