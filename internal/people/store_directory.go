package people

import (
	"context"

	"gezhi/internal/kit/db"
)

// loadSnapshot reads units, people and posts as they stand at one version.
func (s *Service) loadSnapshot(ctx context.Context) (*snapshot, error) {
	out := &snapshot{units: map[string]Unit{}, persons: map[string]Person{}, byUnit: map[string][]Post{}, byArea: map[string][]Post{}, byHand: map[string][]Post{}, inArea: map[string][]Unit{},
		absences: map[string]Absence{}, delegations: map[string][]Absence{}}
	at := s.Clock.Now().UnixMilli()
	err := s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		if out.version, err = readVersion(ctx, q); err != nil {
			return err
		}
		units, err := allUnits(ctx, q)
		if err != nil {
			return err
		}
		for _, u := range units {
			out.units[u.ID] = u
			if u.Open {
				out.inArea[u.AreaID] = append(out.inArea[u.AreaID], u)
			}
		}
		if err := readPersons(ctx, q, out.persons); err != nil {
			return err
		}
		if out.roles, err = rolesByCode(ctx, q); err != nil {
			return err
		}
		absences, err := absencesFrom(ctx, q, at)
		if err != nil {
			return err
		}
		for _, a := range absences {
			out.absences[a.AccountID] = a
			out.delegations[a.DelegateID] = append(out.delegations[a.DelegateID], a)
		}
		posts, err := livePosts(ctx, q, at)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if out.persons[p.AccountID].Kind != PersonAccount {
				continue
			}
			out.byHand[p.AccountID] = append(out.byHand[p.AccountID], p)
			if p.UnitID != "" {
				out.byUnit[p.UnitID] = append(out.byUnit[p.UnitID], p)
			}
			if p.AreaID != "" {
				out.byArea[p.AreaID] = append(out.byArea[p.AreaID], p)
			}
		}
		return nil
	})
	return out, err
}

func readPersons(ctx context.Context, q db.Querier, into map[string]Person) error {
	rows, err := q.QueryContext(ctx, `SELECT id, name, kind, partner_rate FROM accounts`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p Person
		if err := rows.Scan(&p.ID, &p.Name, &p.Kind, &p.Rate); err != nil {
			return err
		}
		into[p.ID] = p
	}
	return rows.Err()
}
