package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// maxGroup bounds how many writes share one durable commit.
const maxGroup = 128

var errClosed = errors.New("the store is closed")

type job struct {
	ctx  context.Context
	fn   func(ctx context.Context, tx Tx) error
	err  error
	done chan struct{}
}

// writer is SQLite's single writer: it takes whatever writes are waiting, runs each in a savepoint and commits them
// together, so that one fsync serves many.
type writer struct {
	jobs    chan *job
	quit    chan struct{}
	stopped chan struct{}
	conn    *sql.Conn
	tx      *stmtCache
	crowd   int           // writes that were there at the last commit
	took    time.Duration // that commit took
}

var writerOnce sync.Mutex

func (d *DB) sqliteWriter() *writer {
	writerOnce.Lock()
	defer writerOnce.Unlock()
	if d.writer == nil {
		d.writer = newWriter(d.writes)
	}
	return d.writer
}

func newWriter(pool *sql.DB) *writer {
	w := &writer{jobs: make(chan *job, 4*maxGroup), quit: make(chan struct{}), stopped: make(chan struct{})}
	go w.loop(pool)
	return w
}

func (w *writer) do(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	j := &job{ctx: context.WithoutCancel(ctx), fn: fn, done: make(chan struct{})}
	select {
	case w.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.quit:
		return errClosed
	}
	select {
	case <-j.done:
		return j.err
	case <-w.stopped:
		select {
		case <-j.done:
			return j.err
		default:
			return errClosed
		}
	}
}

func (w *writer) stop() {
	close(w.quit)
	<-w.stopped
}

func (w *writer) loop(pool *sql.DB) {
	defer close(w.stopped)
	defer w.release()
	for {
		select {
		case j := <-w.jobs:
			w.take(pool, j)
		case <-w.quit:
			for { // what was accepted before the stop is still done
				select {
				case j := <-w.jobs:
					w.take(pool, j)
				default:
					return
				}
			}
		}
	}
}

// longestWait bounds how long a commit waits for those who took part in the last one.
const longestWait = time.Millisecond

// gather takes whatever writes are waiting. Whoever took part in the last commit is about to come again, and would
// otherwise miss this one and begin a second group in turn with it, each of half the size. Waiting for them up to a
// quarter of what a commit takes costs less than that.
func (w *writer) gather(first *job) []*job {
	group := []*job{first}
	var patience <-chan time.Time
	for len(group) < maxGroup {
		select {
		case j := <-w.jobs:
			group = append(group, j)
			continue
		default:
		}
		if len(group) >= w.crowd {
			break
		}
		if patience == nil {
			timer := time.NewTimer(min(w.took/4, longestWait))
			defer timer.Stop()
			patience = timer.C
		}
		select {
		case j := <-w.jobs:
			group = append(group, j)
		case <-patience:
			return group
		case <-w.quit:
			return group
		}
	}
	return group
}

func (w *writer) take(pool *sql.DB, first *job) {
	group := w.gather(first)
	if err := w.acquire(pool); err != nil {
		for _, j := range group {
			j.err = err
		}
	} else if len(group) == 1 {
		w.single(group[0])
	} else {
		w.group(group)
	}
	w.crowd = len(group) + len(w.jobs)
	for _, j := range group {
		close(j.done)
	}
}

// commit makes what was written durable and notes how long it took.
func (w *writer) commit() error {
	began := time.Now()
	err := w.exec("COMMIT")
	w.took = time.Since(began)
	return err
}

// acquire holds one connection of the pool while there is work, and gives it back only when it broke.
func (w *writer) acquire(pool *sql.DB) error {
	if w.conn != nil {
		return nil
	}
	conn, err := pool.Conn(context.Background())
	if err != nil {
		return err
	}
	w.conn, w.tx = conn, newStmtCache(conn)
	return nil
}

func (w *writer) release() {
	if w.conn != nil {
		w.tx.closeAll()
		w.conn.Close()
		w.conn, w.tx = nil, nil
	}
}

func (w *writer) exec(query string) error {
	_, err := w.tx.ExecContext(context.Background(), query)
	return err
}

// single runs one write in a transaction of its own.
func (w *writer) single(j *job) {
	if j.err = w.exec("BEGIN IMMEDIATE"); j.err != nil {
		return
	}
	if j.err = run(j, w.tx); j.err == nil {
		j.err = w.commit()
	}
	if j.err != nil {
		w.exec("ROLLBACK") // fails when the engine rolled back by itself, which is as good
	}
}

// group runs writes in savepoints of one transaction. When the whole transaction is lost (the engine may roll back by
// itself, and a commit may fail) nothing of it happened, and every write is done again alone.
func (w *writer) group(group []*job) {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		for _, j := range group {
			j.err = err
		}
		return
	}
	alive := true
	for _, j := range group {
		if err := w.exec("SAVEPOINT one"); err != nil {
			alive = false
			break
		}
		j.err = run(j, w.tx)
		if j.err != nil && w.exec("ROLLBACK TO one") != nil {
			alive = false
			break
		}
		if w.exec("RELEASE one") != nil {
			alive = false
			break
		}
	}
	if alive && w.commit() == nil {
		return
	}
	w.exec("ROLLBACK")
	for _, j := range group {
		w.single(j)
	}
}

// run calls a write. Its context has no end on SQLite, whose driver starts a watcher for every statement under one that
// has; there is no network to hang on, and waiting for a lock has a limit of its own. It turns a panic into an error, so that one bad write cannot take its neighbours with it.
func run(j *job, tx Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return j.fn(j.ctx, tx)
}
