package incident

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// MoveCategory puts a category before its elder sibling (up) or behind its younger one; at the end it stays.
func (s *Service) MoveCategory(ctx context.Context, actor authz.Actor, code string, up bool) error {
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err := loadCategories(ctx, tx)
		if err != nil {
			return err
		}
		siblings, at := siblingsOf(list, code)
		if at < 0 {
			return fault.Missing("category")
		}
		to := at + 1
		if up {
			to = at - 1
		}
		if to < 0 || to >= len(siblings) {
			return nil
		}
		siblings[at], siblings[to] = siblings[to], siblings[at]
		if err := saveOrder(ctx, tx, siblings); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "category.move", "category", code, nil)
	})
	if err != nil {
		return err
	}
	return s.ReloadCategories(ctx)
}

// siblingsOf returns the categories with one parent in order, and where the one with the code stands; -1 without it.
func siblingsOf(list []Category, code string) ([]Category, int) {
	i := slices.IndexFunc(list, func(k Category) bool { return k.Code == code })
	if i < 0 {
		return nil, -1
	}
	var siblings []Category
	for _, k := range list {
		if k.Parent == list[i].Parent {
			siblings = append(siblings, k)
		}
	}
	return siblings, slices.IndexFunc(siblings, func(k Category) bool { return k.Code == code })
}
