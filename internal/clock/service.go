package clock

import (
	"sync/atomic"
	"time"
)

// Service answers by the limits and calendars as they are now.
type Service struct {
	table atomic.Pointer[Table]
}

// Fixed returns a service that answers from a table that never changes: for tests and for measuring.
func Fixed(t *Table) *Service {
	s := &Service{}
	s.table.Store(t)
	return s
}

// Table returns the limits and calendars as they are now, from memory.
func (s *Service) Table() *Table { return s.table.Load() }

// For returns the limits of a case for clocks that start at an instant, at most one a stage, in the order of Stages.
// It does not touch the store and is safe for concurrent use.
func (s *Service) For(c Case, at time.Time) []Chosen { return s.table.Load().For(c, at) }

// Limit returns the most specific limit of one stage, under the same terms; false where the stage has none.
func (s *Service) Limit(stage Stage, c Case, at time.Time) (Chosen, bool) {
	return s.table.Load().Limit(stage, c, at)
}
