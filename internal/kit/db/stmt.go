package db

import (
	"context"
	"database/sql"
	"sync"
)

// maxStatements bounds a cache of prepared statements; lists with many filters make many texts.
const maxStatements = 400

type preparer interface {
	Querier
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// stmtCache is a Querier that prepares each text once: SQLite otherwise compiles a statement at every call, which
// costs more than running it.
type stmtCache struct {
	on    preparer
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

func newStmtCache(on preparer) *stmtCache {
	return &stmtCache{on: on, stmts: map[string]*sql.Stmt{}}
}

func (c *stmtCache) get(ctx context.Context, query string) *sql.Stmt {
	c.mu.RLock()
	s := c.stmts[query]
	c.mu.RUnlock()
	if s != nil {
		return s
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.stmts[query]; s != nil {
		return s
	}
	if len(c.stmts) >= maxStatements {
		return nil
	}
	s, err := c.on.PrepareContext(context.WithoutCancel(ctx), query)
	if err != nil {
		return nil // the plain call reports the error in its place
	}
	c.stmts[query] = s
	return s
}

func (c *stmtCache) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := c.get(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return c.on.ExecContext(ctx, query, args...)
}

func (c *stmtCache) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := c.get(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return c.on.QueryContext(ctx, query, args...)
}

func (c *stmtCache) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := c.get(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return c.on.QueryRowContext(ctx, query, args...)
}

func (c *stmtCache) closeAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.stmts {
		s.Close()
	}
	c.stmts = map[string]*sql.Stmt{}
}
