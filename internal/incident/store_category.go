package incident

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const categoryColumns = `code, COALESCE(parent, ''), name_zh, name_en, kind, severity, public, words, active, sort, version`

func scanCategory(r row) (k Category, err error) {
	err = r.Scan(&k.Code, &k.Parent, &k.NameZH, &k.NameEN, &k.Kind, &k.Severity, &k.Public, &k.Words, &k.Active, &k.Sort, &k.Version)
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
			sort = $10, version = version + 1 WHERE code = $1 AND version = $11 RETURNING ` + categoryColumns
		if k.Version == 0 {
			text = `INSERT INTO categories (code, parent, name_zh, name_en, kind, severity, public, words, active, sort, version)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1) ON CONFLICT (code) DO NOTHING RETURNING ` + categoryColumns
		}
		var err error
		saved, err = scanCategory(tx.QueryRowContext(ctx, text, k.Code, k.Parent, k.NameZH, k.NameEN, k.Kind, k.Severity, k.Public, k.Words, k.Active, k.Sort, k.Version))
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
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.ReloadCategories(ctx)
}
