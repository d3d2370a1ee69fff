package grid

import (
	"context"
	"slices"

	"gezhi/internal/kit/db"
)

// readPathAt walks up from an area by the parents that held at an instant.
func readPathAt(ctx context.Context, q db.Querier, id string, at int64) ([]Area, error) {
	var path []Area
	for id != "" && len(path) < len(Levels) {
		list, err := db.List(ctx, q, scanFormer, `SELECT a.id, a.level, a.name,
			coalesce(CASE WHEN p.area_id IS NULL THEN a.parent_id ELSE p.parent_id END, '')
			FROM areas a LEFT JOIN area_parents p ON p.area_id = a.id
				AND p.until = (SELECT min(n.until) FROM area_parents n WHERE n.area_id = a.id AND n.until > $1)
			WHERE a.id = $2`, at, id)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			break
		}
		path = append(path, list[0])
		id = list[0].ParentID
	}
	slices.Reverse(path)
	return path, nil
}

func scanFormer(r db.Scanner) (a Area, err error) {
	return a, r.Scan(&a.ID, &a.Level, &a.Name, &a.ParentID)
}

func readFormer(ctx context.Context, q db.Querier, ids []string) ([]Area, error) {
	var args db.Args
	in := args.In(ids)
	return db.List(ctx, q, scanFormer, `SELECT id, level, name, coalesce(parent_id, '') FROM areas WHERE id IN (`+in+`)`, args.Values...)
}

func readMoved(ctx context.Context, q db.Querier) (int64, error) {
	list, err := db.List(ctx, q, db.One[int64], `SELECT coalesce(max(until), 0) FROM area_parents UNION ALL SELECT coalesce(max(valid_to), 0) FROM areas`)
	if err != nil {
		return 0, err
	}
	return slices.Max(list), nil
}
