package report

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// Table is a table that somebody built and kept.
type Table struct {
	ID         string
	Name       string
	Definition Definition
	OwnerID    string
	OwnerName  string
	Shared     bool
	Version    int64
	CreatedAt  int64
	UpdatedAt  int64
	DeletedAt  *int64
}

// keptDeleted is how long a deleted table can be taken back.
const keptDeleted = 30 * 24 * time.Hour

// maxTables is how many tables one person may keep.
const maxTables = 100

// Tables returns the actor's own tables and those that others share. What a shared one counts is what the reader may
// see, not what its maker may.
func (s *Service) Tables(ctx context.Context, actor authz.Actor) ([]Table, error) {
	return listTables(ctx, s.DB.Read(), actor.AccountID)
}

// Table returns one table that the actor may see.
func (s *Service) Table(ctx context.Context, actor authz.Actor, tableID string) (Table, error) {
	t, ok, err := readTable(ctx, s.DB.Read(), tableID)
	if err == nil && (!ok || t.DeletedAt != nil && t.OwnerID != actor.AccountID || t.OwnerID != actor.AccountID && !t.Shared) {
		err = fault.Missing("table")
	}
	return t, err
}

// Keep keeps a table: a new one with an empty id, else the one with this id and version.
func (s *Service) Keep(ctx context.Context, actor authz.Actor, in Table) (Table, error) {
	in.Name = strings.TrimSpace(in.Name)
	if _, err := s.Check(in.Definition); err != nil {
		return in, err
	}
	if n := utf8.RuneCountInString(in.Name); n == 0 || n > 60 {
		var wrong fault.Fields
		wrong.Add("name", "table.name")
		return in, wrong.Err()
	}
	if in.Shared && !actor.Can(perm.ReportManage) {
		return in, fault.New(fault.Forbidden, "table.may_not_share")
	}
	at := s.Clock.Now()
	in.UpdatedAt = at.UnixMilli()
	if in.ID == "" {
		in.ID, in.OwnerID, in.OwnerName, in.CreatedAt, in.Version = id.New(at), actor.AccountID, actor.Name, at.UnixMilli(), 1
		return in, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			n, err := countTables(ctx, tx, actor.AccountID)
			if err != nil {
				return err
			}
			if n >= maxTables {
				return fault.New(fault.Conflict, "table.too_many_kept", "max", maxTables)
			}
			return insertTable(ctx, tx, in)
		})
	}
	if _, err := s.mine(ctx, actor, in.ID); err != nil {
		return in, err
	}
	return in, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		in, err = updateTable(ctx, tx, in)
		return err
	})
}

// mine returns a table that the actor may change: their own, or a shared one with report.manage.
func (s *Service) mine(ctx context.Context, actor authz.Actor, tableID string) (Table, error) {
	t, err := s.Table(ctx, actor, tableID)
	if err == nil && t.OwnerID != actor.AccountID && !actor.Can(perm.ReportManage) {
		err = fault.New(fault.Forbidden, "table.not_yours")
	}
	return t, err
}

// Drop deletes a table; for a month its owner can take that back with Restore.
func (s *Service) Drop(ctx context.Context, actor authz.Actor, tableID string) error {
	t, err := s.mine(ctx, actor, tableID)
	if err != nil {
		return err
	}
	at := s.Clock.Now()
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ms := at.UnixMilli()
		if err := markDeleted(ctx, tx, t.ID, &ms); err != nil {
			return err
		}
		return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: "table.delete", Object: "table", ObjectID: t.ID})
	})
}

// Restore takes back that a table was deleted.
func (s *Service) Restore(ctx context.Context, actor authz.Actor, tableID string) (Table, error) {
	t, ok, err := readTable(ctx, s.DB.Read(), tableID)
	if err == nil && (!ok || t.OwnerID != actor.AccountID && !actor.Can(perm.ReportManage)) {
		err = fault.Missing("table")
	}
	if err != nil {
		return t, err
	}
	t.DeletedAt = nil
	return t, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return markDeleted(ctx, tx, t.ID, nil) })
}

// Purge removes the tables that were deleted a month ago.
func (s *Service) Purge(ctx context.Context) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return purgeTables(ctx, tx, s.Clock.Now().Add(-keptDeleted).UnixMilli())
	})
}
