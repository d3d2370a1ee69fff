package incident

import (
	"context"
	"math"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// Likeness is an earlier incident that may be the same matter.
type Likeness struct {
	Incident *Incident
	Distance float64 // metres, -1 when unknown
	Minutes  int64   // between the two reports
	Score    float64 // 0 to 1
	Caller   bool    // the same phone number
}

// What counts as near: within likelyMetres and likelyMs, or alike in text alone.
const (
	likelyMetres = 300.0
	likelyMs     = 3 * 24 * 3600 * 1000
	likelyScore  = 0.35
	maxLikely    = 8

	maxCandidates = 300
)

// Similar returns incidents in scope that may be the matter of a text at a place, and earlier ones of a phone number.
func (s *Service) Similar(ctx context.Context, actor authz.Actor, text string, p *geo.Point, phone string, but string) ([]Likeness, error) {
	at := s.Clock.Now().UnixMilli()
	near, err := s.candidates(ctx, actor, p, at-likelyMs)
	if err != nil {
		return nil, err
	}
	var found []Likeness
	grams := db.Grams(text)
	for _, i := range near {
		l := Likeness{Incident: i, Distance: -1, Minutes: (at - i.ReceivedAt) / 60_000, Score: overlap(grams, db.Grams(i.Title+" "+i.Text))}
		if p != nil && i.Lon != nil && i.Lat != nil {
			l.Distance = math.Round(geo.Distance(*p, geo.Point{Lon: *i.Lon, Lat: *i.Lat}))
			l.Score += 0.3 * max(0, 1-l.Distance/likelyMetres)
		}
		if i.ID != but && l.Score >= likelyScore && i.State != Voided && i.State != Merged {
			found = append(found, l)
		}
	}
	slices.SortStableFunc(found, func(a, b Likeness) int { return cmpDown(a.Score, b.Score) })
	if len(found) > maxLikely {
		found = found[:maxLikely]
	}
	if d := PhoneDigits(phone); len(d) >= 7 && plausiblePhone(phone) {
		earlier, err := s.list(ctx, actor, Filter{Q: phone, Limit: maxLikely}, nil)
		if err != nil {
			return nil, err
		}
		for _, i := range earlier {
			if i.ID != but {
				found = append(found, Likeness{Incident: i, Distance: -1, Minutes: (at - i.ReceivedAt) / 60_000, Score: 1, Caller: true})
			}
		}
	}
	return found, nil
}

func cmpDown(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// candidates reads what may be the same matter as one at a place, or without a place the newest of all.
func (s *Service) candidates(ctx context.Context, actor authz.Actor, p *geo.Point, since int64) ([]*Incident, error) {
	if p == nil {
		return s.list(ctx, actor, Filter{From: since, Limit: maxCandidates}, nil)
	}
	return s.near(ctx, actor, boxOf(*p, likelyMetres), since, nil, maxCandidates)
}

// boxOf is the rectangle that holds everything within some metres of a point.
func boxOf(p geo.Point, metres float64) *Box {
	const metresPerDegree = 111_320
	dy := metres / metresPerDegree
	dx := dy / math.Max(0.1, math.Cos(p.Lat*math.Pi/180))
	return &Box{p.Lon - dx, p.Lat - dy, p.Lon + dx, p.Lat + dy}
}

// overlap is the share of the smaller set of grams that stands in the other.
func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	set := map[string]bool{}
	for _, g := range a {
		set[g] = true
	}
	both := 0
	for _, g := range b {
		if set[g] {
			both++
		}
	}
	return float64(both) / float64(min(len(a), len(b)))
}

// Duplicates returns what may be the same matter as an incident.
func (s *Service) Duplicates(ctx context.Context, actor authz.Actor, incident string) ([]Likeness, error) {
	i, err := s.Get(ctx, actor, incident)
	if err != nil {
		return nil, err
	}
	var p *geo.Point
	if at, ok := i.position(); ok {
		p = &at
	}
	return s.Similar(ctx, actor, i.Title+" "+i.Text, p, "", i.ID)
}

// Advice is what would become of a report if it were sent now.
type Advice struct {
	Category string
	Kind     string
	Severity string
	Path     []Area
	Proposal Proposal
}

// Advise proposes category, place and unit for a report that is still being written.
func (s *Service) Advise(actor authz.Actor, r Report) (Advice, error) {
	var f fault.Fields
	p := position(&f, r.Lon, r.Lat, &r.Datum)
	if err := f.Err(); err != nil {
		return Advice{}, err
	}
	if g, ok := s.guess(first(r.Title, titleOf(r.Text)), r.Text); ok && r.Category == "" {
		r.Category = g.Label
	}
	if r.Category == "" {
		r.Category = s.Categories().Propose(r.Title + " " + r.Text)
	}
	category, _ := s.Categories().Get(r.Category)
	draft := &Incident{Category: category.Code, Kind: first(r.Kind, category.Kind, "appeal"), Severity: first(r.Severity, category.Severity, "general"), Channel: r.Channel}
	s.settleAt(draft, p, r.AreaID, s.Directory.HomeAreas(actor))
	return Advice{Category: draft.Category, Kind: draft.Kind, Severity: draft.Severity, Path: s.Places.Path(draft.AreaID), Proposal: s.propose(draft)}, nil
}

// Counts returns the sizes of the queues of an actor, each at most max+1.
func (s *Service) Counts(ctx context.Context, actor authz.Actor, queues []string, limit int) (map[string]int, error) {
	counts := map[string]int{}
	for _, name := range queues {
		n, err := s.count(ctx, actor, Filter{Queue: name, Limit: limit})
		if err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, nil
}
