package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// Taker takes past reports. The incident service is one.
type Taker interface {
	Import(ctx context.Context, actor authz.Actor, in incident.Report, h incident.History) (*incident.Incident, bool, error)
}

// Options say how to import a file.
type Options struct {
	Map         *Map
	Path        string         // of the file; gzip is unpacked
	Zone        *time.Location // of times, where the map names none
	Actor       authz.Actor
	Rejected    string            // path of the file for rows that cannot be taken; made when there is one
	Parallel    int               // rows taken at once, so that they share durable commits; 0 for 64
	Progress    func(Result)      // called now and then, and at the end
	ProgressGap time.Duration     // between two calls
	Taken       func(int, string) // called for each row that is in the store, with its number and incident; may be nil
}

// Result counts rows. Rows = New + Known + Rejected when an import ended.
type Result struct {
	Digest   string   // of the file
	Unused   []string // columns from which nothing is taken
	Rows     int64
	New      int64
	Known    int64 // taken by an earlier run
	Rejected int64
}

// Import takes every row of a file. A row's identity is the file's digest with its number, so running it again, or
// after a crash, goes on where it ended. The error tells of trouble that ended it early; rejected rows are no error.
func Import(ctx context.Context, to Taker, o Options) (Result, error) {
	src := source{o.Path}
	digest, err := src.digest()
	if err != nil {
		return Result{}, fmt.Errorf("read %s: %w", o.Path, err)
	}
	in, err := src.open()
	if err != nil {
		return Result{}, err
	}
	defer in.Close()
	t := newTable(in, o.Map)
	first, err := t.next()
	if err == io.EOF {
		return Result{Digest: digest}, nil
	}
	if err != nil {
		return Result{}, fmt.Errorf("read %s: %w", o.Path, err)
	}
	reading, err := newReading(o.Map, first.cells, o.Zone)
	if err != nil {
		return Result{}, err
	}
	r := &run{Options: o, to: to, reading: reading, digest: digest, first: first}
	r.rejects = &rejects{path: o.Rejected, header: first.raw, delimiter: t.delimiter, quotes: t.quotes, named: o.Map.header()}
	err = r.all(ctx, t)
	result := r.result()
	if o.Map.header() {
		result.Unused = reading.unused(first.cells)
	}
	return result, errors.Join(err, r.rejects.close())
}

// run is one import at work.
type run struct {
	Options
	to                          Taker
	reading                     *reading
	digest                      string
	first                       row
	rejects                     *rejects
	rows, fresh, known, refused atomic.Int64
}

func (r *run) result() Result {
	return Result{Digest: r.digest, Rows: r.rows.Load(), New: r.fresh.Load(), Known: r.known.Load(), Rejected: r.refused.Load()}
}

// all reads rows in order and takes many at once.
func (r *run) all(ctx context.Context, t *table) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	parallel := r.Parallel
	if parallel <= 0 {
		parallel = 64
	}
	rows := make(chan row, parallel)
	var workers sync.WaitGroup
	for range parallel {
		workers.Go(func() {
			for w := range rows {
				if err := r.take(ctx, w); err != nil {
					stop(err)
					return
				}
			}
		})
	}
	over := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() { r.tell(over) })
	err := r.feed(ctx, t, rows)
	close(rows)
	workers.Wait()
	close(over)
	telling.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

func (r *run) feed(ctx context.Context, t *table, rows chan<- row) error {
	next := r.first
	if r.Map.header() {
		t.number = 0
	} else if err := send(ctx, rows, next); err != nil {
		return err
	}
	for {
		next, err := t.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s behind row %d: %w", r.Path, t.number, err)
		}
		if err := send(ctx, rows, next); err != nil {
			return err
		}
	}
}

func send(ctx context.Context, rows chan<- row, w row) error {
	select {
	case rows <- w:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take brings one row into the store, or among the rejected ones.
func (r *run) take(ctx context.Context, w row) error {
	in, h, wrong := r.reading.report(w)
	if len(wrong) == 0 {
		h.ID, h.Digest = r.digest+"/"+strconv.Itoa(w.number), r.digest
		inc, fresh, err := r.to.Import(ctx, r.Actor, in, h)
		switch f, ok := fault.As(err); {
		case err == nil:
			r.count(fresh)
			if r.Taken != nil {
				r.Taken(w.number, inc.ID)
			}
			return nil
		case ok && f.Kind == fault.Invalid:
			wrong = reasons(f)
		default:
			return fmt.Errorf("row %d: %w", w.number, err)
		}
	}
	r.rows.Add(1)
	r.refused.Add(1)
	return r.rejects.add(w, strings.Join(wrong, "; "))
}

func (r *run) count(fresh bool) {
	r.rows.Add(1)
	if fresh {
		r.fresh.Add(1)
	} else {
		r.known.Add(1)
	}
}

func reasons(f *fault.Error) []string {
	var list []string
	for _, field := range f.Fields {
		list = append(list, field.Field+": "+field.Code)
	}
	if len(list) == 0 {
		return []string{f.Code}
	}
	return list
}

// tell reports the progress now and then until the import is over.
func (r *run) tell(over <-chan struct{}) {
	if r.Progress == nil {
		return
	}
	defer func() { r.Progress(r.result()) }()
	tick := time.NewTicker(max(r.ProgressGap, 100*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
			r.Progress(r.result())
		}
	}
}
