package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Bare runs a program that does nothing but write the rows of the loops, as the sample's incident was written: the
// same transactions, at the same concurrency, grouped into commits in the same way, on an engine with the same
// settings. It is the most that the engine gives on this machine.
func Bare(ctx context.Context, pool *sql.DB, engine string, s *Sample, concurrency int, length time.Duration) (Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var commit committer = &alone{pool: pool}
	if engine == "sqlite" {
		g := newGrouped(pool)
		defer g.stop()
		commit = g
	}
	b := &bare{Sample: s, commit: commit}
	var counting, over atomic.Bool
	var loops atomic.Int64
	errs := make([]error, concurrency+1)
	var wg, relay sync.WaitGroup
	done := make(chan struct{})
	for n := range concurrency {
		wg.Go(func() {
			for !over.Load() && errs[n] == nil {
				if errs[n] = b.loop(ctx); errs[n] == nil && counting.Load() {
					loops.Add(1)
				}
			}
		})
	}
	relay.Go(func() { errs[concurrency] = b.relay(ctx, pool, done) })
	r := Result{Concurrency: concurrency}
	r.Took, r.Processor = timed(&counting, &over, length)
	r.Loops = int(loops.Load())
	wg.Wait()
	close(done)
	relay.Wait()
	return r, errors.Join(errs...)
}

// committer runs a write and returns when it is durable.
type committer interface {
	write(ctx context.Context, fn func(ctx context.Context, e execer) error) error
}

// alone commits each write by itself.
type alone struct{ pool *sql.DB }

func (a *alone) write(ctx context.Context, fn func(ctx context.Context, e execer) error) error {
	tx, err := a.pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// grouped commits together whatever writes are waiting.
type grouped struct {
	pool *sql.DB
	jobs chan *job
	over sync.WaitGroup
}

type job struct {
	fn   func(ctx context.Context, e execer) error
	err  error
	done chan struct{}
}

// maxGroup is how many writes share a commit, as in the program.
const maxGroup = 128

func newGrouped(pool *sql.DB) *grouped {
	g := &grouped{pool: pool, jobs: make(chan *job, maxGroup)}
	g.over.Go(g.run)
	return g
}

func (g *grouped) stop() {
	close(g.jobs)
	g.over.Wait()
}

func (g *grouped) write(_ context.Context, fn func(ctx context.Context, e execer) error) error {
	j := &job{fn: fn, done: make(chan struct{})}
	g.jobs <- j
	<-j.done
	return j.err
}

func (g *grouped) run() {
	ctx := context.Background()
	conn, err := g.pool.Conn(ctx)
	if err != nil {
		for j := range g.jobs {
			j.err = err
			close(j.done)
		}
		return
	}
	defer conn.Close()
	e := &prepared{conn: conn, stmts: map[string]*sql.Stmt{}}
	for j := range g.jobs {
		group := []*job{j}
	fill:
		for len(group) < maxGroup {
			select {
			case more, ok := <-g.jobs:
				if !ok {
					break fill
				}
				group = append(group, more)
			default:
				break fill
			}
		}
		err := e.exec(ctx, "BEGIN IMMEDIATE")
		for _, j := range group {
			if err == nil {
				err = j.fn(ctx, e)
			}
		}
		if err == nil {
			err = e.exec(ctx, "COMMIT")
		}
		for _, j := range group {
			if err != nil {
				j.err = fmt.Errorf("bare: %w", err)
			}
			close(j.done)
		}
	}
}
