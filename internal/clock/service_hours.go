package clock

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

// HoursView are the office hours of a unit as they are shown.
type HoursView struct {
	Unit     string     `json:"unit"`
	Own      bool       `json:"own" doc:"false: the common calendar counts, and week is its week"`
	Week     [][]Window `json:"week" nullable:"false" doc:"the windows of each weekday, Sunday first"`
	Holidays bool       `json:"holidays" doc:"works on holidays too"`
	Version  int64      `json:"version" doc:"0 while the unit has none of its own"`
}

// UnitHours returns the office hours of a unit.
func (s *Service) UnitHours(ctx context.Context, unit string) (HoursView, error) {
	if !s.Units.Exists(unit) {
		return HoursView{}, fault.Missing("unit")
	}
	return s.hours(ctx, s.DB.Read(), unit)
}

func (s *Service) hours(ctx context.Context, q db.Querier, unit string) (HoursView, error) {
	own, has, err := readUnitHours(ctx, q, unit)
	if err != nil {
		return HoursView{}, err
	}
	if has {
		return HoursView{Unit: unit, Own: true, Week: own.Week.lists(), Holidays: own.Holidays, Version: own.Version}, nil
	}
	return HoursView{Unit: unit, Week: s.Table().Calendar("").week.lists()}, nil
}

// PutHours gives a unit hours of its own, or changes them, over the version that was read: 0 where there are none. A
// newer one is answered with "hours.stale" and the hours as they are now.
func (s *Service) PutHours(ctx context.Context, actor authz.Actor, unit string, week [][]Window, holidays bool, version int64) (HoursView, error) {
	if err := mayManage(actor); err != nil {
		return HoursView{}, err
	}
	if !s.Units.Exists(unit) {
		return HoursView{}, fault.Missing("unit")
	}
	var f fault.Fields
	h := unitHours{Unit: unit, Week: checkWeek(&f, week), Holidays: holidays, Version: version}
	if err := f.Err(); err != nil {
		return HoursView{}, err
	}
	return s.alterHours(ctx, actor, unit, "hours.update", func(ctx context.Context, tx db.Tx) (bool, error) {
		return putHours(ctx, tx, h, now.Ms(s.Clock))
	})
}

// DeleteHours lets a unit follow the common calendar again, under the same condition as PutHours.
func (s *Service) DeleteHours(ctx context.Context, actor authz.Actor, unit string, version int64) (HoursView, error) {
	return s.alterHours(ctx, actor, unit, "hours.delete", func(ctx context.Context, tx db.Tx) (bool, error) {
		return deleteHours(ctx, tx, unit, version)
	})
}

func (s *Service) alterHours(ctx context.Context, actor authz.Actor, unit, action string, fn func(ctx context.Context, tx db.Tx) (bool, error)) (HoursView, error) {
	var out HoursView
	err := s.change(ctx, actor, func(ctx context.Context, tx db.Tx) error {
		done, err := fn(ctx, tx)
		if err != nil {
			return err
		}
		if out, err = s.hours(ctx, tx, unit); err != nil {
			return err
		}
		if !done {
			return stale("hours.stale", out)
		}
		return s.Audit.Record(ctx, tx, actor, action, "unit", unit, nil)
	})
	return out, err
}
