package incident

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/outbox"
)

const categoryColumns = `code, COALESCE(parent, ''), name_zh, name_en, kind, severity, public, words, active, sort, version, COALESCE(fields, '[]')`

func scanCategory(r row) (k Category, err error) {
	var fields string
	err = r.Scan(&k.Code, &k.Parent, &k.NameZH, &k.NameEN, &k.Kind, &k.Severity, &k.Public, &k.Words, &k.Active, &k.Sort, &k.Version, &fields)
	if err == nil {
		err = json.Unmarshal([]byte(fields), &k.Fields)
	}
	return k, err
}

func loadCategories(ctx context.Context, q db.Querier) ([]Category, error) {
	return db.List(ctx, q, scanCategory, `SELECT `+categoryColumns+` FROM categories ORDER BY sort, code`)
}

// ReloadCategories reads the categories of the store into memory.
func (s *Service) ReloadCategories(ctx context.Context) error {
	list, err := loadCategories(ctx, s.DB.Read())
	if err == nil {
		s.categories.Store(NewCategories(list))
	}
	return err
}

// SaveCategory creates a category (version 0) or changes the one with this version.
func (s *Service) SaveCategory(ctx context.Context, actor authz.Actor, k Category) (Category, error) {
	if err := k.check(s.Categories()); err != nil {
		return k, err
	}
	var saved Category
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		text := `UPDATE categories SET parent = $2, name_zh = $3, name_en = $4, kind = $5, severity = $6, public = $7, words = $8, active = $9,
			sort = $10, version = version + 1, fields = $12 WHERE code = $1 AND version = $11 RETURNING ` + categoryColumns
		if k.Version == 0 {
			text = `INSERT INTO categories (code, parent, name_zh, name_en, kind, severity, public, words, active, sort, version, fields)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1, $12) ON CONFLICT (code) DO NOTHING RETURNING ` + categoryColumns
		}
		var err error
		saved, err = scanCategory(tx.QueryRowContext(ctx, text, k.Code, k.Parent, k.NameZH, k.NameEN, k.Kind, k.Severity, k.Public, k.Words, k.Active, k.Sort, k.Version, fieldsText(k.Fields)))
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.Conflict, "category.stale")
		}
		if err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "category.save", "category", k.Code, map[string]string{"active": strconv.FormatBool(k.Active)})
	})
	if err != nil {
		return k, err
	}
	return saved, s.ReloadCategories(ctx)
}

// EnsureCategories puts in the categories that are missing, with the codes and names of the built-in tree.
func (s *Service) EnsureCategories(ctx context.Context) error {
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for n, k := range builtIn {
			if _, err := tx.ExecContext(ctx, `INSERT INTO categories (code, parent, name_zh, name_en, kind, severity, public, words, active, sort, version)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT (code) DO NOTHING`,
				k.Code, k.Parent, k.NameZH, k.NameEN, first(k.Kind, "appeal"), first(k.Severity, "general"), k.Public, k.Words, true, n*10); err != nil {
				return err
			}
			if fields := builtInFields[k.Code]; fields != nil {
				if _, err := tx.ExecContext(ctx, `UPDATE categories SET fields = $2 WHERE code = $1 AND fields IS NULL`, k.Code, fieldsText(fields)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.ReloadCategories(ctx)
}

func fieldsText(fields []Field) string {
	if fields == nil {
		fields = []Field{}
	}
	return string(outbox.Body(fields))
}

// saveOrder gives categories growing places in the order of the list.
func saveOrder(ctx context.Context, tx db.Tx, siblings []Category) error {
	for n, k := range siblings {
		place := int64(n+1) * 10
		if k.Sort == place {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE categories SET sort = $2, version = version + 1 WHERE code = $1`, k.Code, place); err != nil {
			return err
		}
	}
	return nil
}

// FieldUse is how many incidents answer a field.
type FieldUse struct {
	Open int64 `json:"open" doc:"of those, not ended yet"`
	All  int64 `json:"all"`
}

// FieldUse counts the incidents of a category, and of what lies below it, that answer a field.
func (s *Service) FieldUse(ctx context.Context, code, name string) (u FieldUse, err error) {
	var args db.Args
	in := args.In(s.Categories().Children(code))
	field := args.Add(name)
	err = s.DB.Read().QueryRowContext(ctx, `SELECT count(*), COALESCE(sum(CASE WHEN state IN ('closed', 'rejected', 'merged', 'voided') THEN 0 ELSE 1 END), 0)
		FROM incidents WHERE details <> '{}' AND category IN (`+in+`) AND details ->> `+field+` IS NOT NULL`, args.Values...).Scan(&u.All, &u.Open)
	return u, err
}
