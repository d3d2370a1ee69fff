package clock

import (
	"time"

	"gezhi/internal/kit/fault"
)

// Question asks which limits an imagined case has.
type Question struct {
	Category string
	Severity string
	Channel  string
	Area     string // id
	Unit     string // id
	At       int64  // when its clocks start, unix ms; 0 for now
}

// Foreseen is one limit of an imagined case.
type Foreseen struct {
	Limit  Limit `json:"limit"`
	WarnAt int64 `json:"warn_at" doc:"when it turns yellow, if its clock starts at the time asked for"`
	DueAt  int64 `json:"due_at" doc:"when it is used up; 0 when the office hours never come to that"`
}

// Preview returns the limits of an imagined case, each as if its clock started at the time asked for, and the years
// that these reach and whose holidays nobody entered.
func (s *Service) Preview(q Question) (at time.Time, list []Foreseen, missing []int, err error) {
	var f fault.Fields
	checkWords(&f, s.Words, q.Category, q.Severity, q.Channel)
	c := Case{Category: q.Category, Severity: q.Severity, Channel: q.Channel, Unit: q.Unit}
	if q.Area != "" {
		if c.Areas = s.Areas.Path(q.Area); len(c.Areas) == 0 {
			f.Add("area", "field.not_found")
		}
	}
	if q.Unit != "" && !s.Units.Exists(q.Unit) {
		f.Add("unit", "field.not_found")
	}
	if q.At < 0 || q.At > 1<<42 {
		f.Add("at", "field.range")
	}
	if err := f.Err(); err != nil {
		return at, nil, nil, err
	}
	if at = s.Clock.Now(); q.At != 0 {
		at = time.UnixMilli(q.At)
	}
	list, last := []Foreseen{}, at
	for _, chosen := range s.For(c, at) {
		seen := Foreseen{Limit: chosen.Limit}
		if due, err := chosen.Due(at); err == nil {
			seen.DueAt, seen.WarnAt = due.UnixMilli(), chosen.WarnAt(at, due).UnixMilli()
			last = later(last, due)
		}
		list = append(list, seen)
	}
	return at, list, append([]int{}, s.Table().Calendar("").Lacks(at, last)...), nil
}
