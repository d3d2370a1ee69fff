package mapview

import (
	"context"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

// mostChanges is how many changes an answer tells one by one; after more a client reads all anew.
const mostChanges = 5000

// Config is what a Service is made of.
type Config struct {
	Source  Source
	Feed    Feed
	Topic   string
	Clock   now.Clock
	Tree    func() *grid.Tree
	Sites   Sites
	People  People
	Cameras Cameras
}

// Service answers what command screens show on their map.
type Service struct{ Config }

// NewService returns a service.
func NewService(c Config) *Service { return &Service{c} }

// Query says of which day and area a map is.
type Query struct {
	Day  string // 2006-01-02 in the office's zone; '' for today
	Area string // '' for all that the actor may see
}

// Board is what lies on the map, or what changed there since a position of the feed.
type Board struct {
	Position int64 // up to here it holds all changes; it may hold some later ones
	Reset    bool  // it is the whole, else what changed
	Ground   int64 // grows when areas change
	Points   []Point
	Gone     []string // no longer shown
}

// Points returns all that lies on the map of a day, or with a position above 0 what changed since. After a position
// that is unknown or too far back it returns the whole. A day that is none is refused with field.date.
func (s *Service) Points(ctx context.Context, actor authz.Actor, q Query, after int64) (*Board, error) {
	f, err := s.filter(q)
	if err != nil {
		return nil, err
	}
	// Before the points are read: what changes meanwhile is told again and nothing is missed.
	head, err := s.Feed.Head(ctx, s.Topic)
	if err != nil {
		return nil, err
	}
	b := &Board{Position: head, Ground: s.Tree().Seq()}
	if after > 0 && after <= head && head-after <= mostChanges {
		return b, s.changes(ctx, actor, f, after, b)
	}
	b.Reset = true
	return b, s.Source.Each(ctx, actor, f, func(p Point) error {
		b.Points = append(b.Points, p)
		return nil
	})
}

func (s *Service) changes(ctx context.Context, actor authz.Actor, f Filter, after int64, b *Board) error {
	if after == b.Position {
		return nil
	}
	events, err := s.Feed.After(ctx, s.Topic, after, mostChanges)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	var ids []string
	for _, e := range events {
		b.Position = max(b.Position, e.Position)
		if !seen[e.Aggregate] {
			seen[e.Aggregate] = true
			ids = append(ids, e.Aggregate)
		}
	}
	if b.Points, err = s.Source.Some(ctx, actor, f, ids); err != nil {
		return err
	}
	for _, p := range b.Points {
		delete(seen, p.ID)
	}
	for _, id := range ids {
		if seen[id] {
			b.Gone = append(b.Gone, id)
		}
	}
	return nil
}

// filter turns the day into its instants. A day may have 23 or 25 hours.
func (s *Service) filter(q Query) (Filter, error) {
	day := s.Clock.Now()
	if q.Day != "" {
		var err error
		if day, err = time.ParseInLocation(time.DateOnly, q.Day, day.Location()); err != nil {
			var f fault.Fields
			f.Add("day", "field.date")
			return Filter{}, f.Err()
		}
	}
	y, m, d := day.Date()
	begins := func(d int) int64 { return time.Date(y, m, d, 0, 0, 0, 0, day.Location()).UnixMilli() }
	return Filter{Area: q.Area, From: begins(d), To: begins(d + 1)}, nil
}
