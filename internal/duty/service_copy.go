package duty

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// Bounds of carrying a pattern forward.
const (
	longestPattern = 28 // days
	longestCopy    = 62 // days ahead of the pattern
	mostCopies     = 1000
)

// Copy carries the shifts of some days forward: what began on the days of the pattern begins again so many days later,
// at the same time by the clock on the wall, over and over until a day.
type Copy struct {
	Unit  string
	From  string // first day of the pattern, 2026-03-02, in the office's own zone
	Days  int    // of the pattern
	Until string // last day on which a copy may begin
}

// Copied says what became of a copy.
type Copied struct {
	Made    int       `json:"made"`
	There   int       `json:"there" doc:"stood there already, by name and beginning"`
	Skipped []Skipped `json:"skipped" nullable:"false" doc:"were left out or lack somebody"`
}

// Skipped is a person who could not be copied into a shift.
type Skipped struct {
	From   int64  `json:"from" doc:"unix ms, of the new shift"`
	Name   string `json:"name"`
	Person string `json:"person"`
	Why    string `json:"why" enum:"overlap,left" doc:"planned elsewhere at the time, or no longer of the unit"`
	Empty  bool   `json:"empty" doc:"nobody was left, so the shift was not made"`
}

const dayForm = "2006-01-02"

// CopyShifts carries a pattern forward. Members who cannot be there are left out and named; a shift that would stand
// without anybody is not made. What stands there already is left as it is, so that repeating a copy changes nothing.
func (s *Service) CopyShifts(ctx context.Context, actor authz.Actor, c Copy) (Copied, error) {
	first, until, err := s.checkCopy(actor, c)
	if err != nil {
		return Copied{}, err
	}
	end := first.AddDate(0, 0, c.Days)
	pattern, err := shiftsBetween(ctx, s.DB.Read(), c.Unit, first.UnixMilli(), end.UnixMilli())
	if err != nil {
		return Copied{}, err
	}
	pattern = slices.DeleteFunc(pattern, func(p Shift) bool { return p.From < first.UnixMilli() })
	if len(pattern) == 0 {
		return Copied{}, invalid("from", "duty.pattern_empty")
	}
	staff := s.People.Members(c.Unit)
	var out Copied
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		out = Copied{Skipped: []Skipped{}}
		there, err := shiftsBetween(ctx, tx, c.Unit, end.UnixMilli(), until.AddDate(0, 0, 2).UnixMilli())
		if err != nil {
			return err
		}
		for days := c.Days; ; days += c.Days {
			some := false
			for _, p := range pattern {
				next := s.moved(p, days)
				if next.From >= until.AddDate(0, 0, 1).UnixMilli() {
					continue
				}
				some = true
				if slices.ContainsFunc(there, func(t Shift) bool { return t.From == next.From && t.Name == next.Name }) {
					out.There++
					continue
				}
				if out.Made++; out.Made > mostCopies {
					return invalid("until", "field.too_many", "max", mostCopies)
				}
				if err := s.copyOne(ctx, tx, at, next, staff, &out); err != nil {
					return err
				}
			}
			if !some {
				break
			}
		}
		return s.record(ctx, tx, at, actor, "shift.copy", "unit", c.Unit, map[string]string{"from": c.From, "until": c.Until, "made": strconv.Itoa(out.Made)})
	})
	return out, err
}

// moved returns the shift so many days later by the clock on the wall: where the clocks change it is an hour longer or
// shorter, as the people who work it know.
func (s *Service) moved(p Shift, days int) Shift {
	zone := s.zone()
	p.ID, p.Version, p.Handover = "", 1, ""
	p.From = time.UnixMilli(p.From).In(zone).AddDate(0, 0, days).UnixMilli()
	p.To = time.UnixMilli(p.To).In(zone).AddDate(0, 0, days).UnixMilli()
	p.Members = slices.Clone(p.Members)
	return p
}

func (s *Service) copyOne(ctx context.Context, tx db.Tx, at time.Time, next Shift, staff []string, out *Copied) error {
	next.ID = id.New(at)
	if err := lockPeople(ctx, tx, next.Members); err != nil {
		return err
	}
	busy, err := clashes(ctx, tx, next)
	if err != nil {
		return err
	}
	first := len(out.Skipped)
	next.Members = slices.DeleteFunc(next.Members, func(p string) bool {
		why := ""
		if !slices.Contains(staff, p) {
			why = "left"
		} else if slices.ContainsFunc(busy, func(c clash) bool { return c.person == p }) {
			why = "overlap"
		}
		if why != "" {
			out.Skipped = append(out.Skipped, Skipped{From: next.From, Name: next.Name, Person: s.People.Name(p), Why: why})
		}
		return why != ""
	})
	if !slices.Contains(next.Members, next.Leader) {
		next.Leader = ""
	}
	if len(next.Members) == 0 {
		out.Made--
		for n := range out.Skipped[first:] {
			out.Skipped[first+n].Empty = true
		}
		return nil
	}
	return insertShift(ctx, tx, next, at.UnixMilli())
}

func (s *Service) checkCopy(actor authz.Actor, c Copy) (first, until time.Time, err error) {
	var f fault.Fields
	zone := s.zone()
	first, fromErr := time.ParseInLocation(dayForm, c.From, zone)
	until, untilErr := time.ParseInLocation(dayForm, c.Until, zone)
	if !s.covers(actor, perm.ShiftManage, c.Unit) {
		f.Add("unit", "unit.unknown")
	}
	if fromErr != nil {
		f.Add("from", "field.date")
	}
	if c.Days < 1 || c.Days > longestPattern {
		f.Add("days", "field.too_large", "max", longestPattern)
	}
	switch {
	case untilErr != nil:
		f.Add("until", "field.date")
	case fromErr == nil && until.Before(first.AddDate(0, 0, c.Days)):
		f.Add("until", "duty.until_inside")
	case fromErr == nil && until.After(first.AddDate(0, 0, c.Days+longestCopy)):
		f.Add("until", "duty.until_far", "days", longestCopy)
	}
	return first, until, f.Err()
}

func invalid(field, code string, params ...any) error {
	var f fault.Fields
	f.Add(field, code, params...)
	return f.Err()
}
