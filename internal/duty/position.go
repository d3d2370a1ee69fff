package duty

import (
	"errors"
	"maps"
	"sync"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// Position is where somebody on duty was last.
type Position struct {
	Person   string
	Point    geo.Point // WGS-84
	Accuracy float64   // metres; 0 for unknown
	At       int64     // unix ms
}

// worstAccuracy is from where on a position says nothing: a hundred kilometres.
const worstAccuracy = 100_000

// newPosition checks a position as a phone sends it and converts it to WGS-84.
func newPosition(lon, lat *float64, datum string, accuracy float64) (Position, error) {
	var f fault.Fields
	d, err := geo.ParseDatum(datum)
	if err != nil {
		f.Add("datum", "field.choice")
	}
	if lon == nil {
		f.Add("lon", "field.required")
	}
	if lat == nil {
		f.Add("lat", "field.required")
	}
	if !(accuracy >= 0 && accuracy <= worstAccuracy) {
		f.Add("accuracy", "field.too_large", "max", worstAccuracy)
	}
	if err := f.Err(); err != nil {
		return Position{}, err
	}
	p := geo.Point{Lon: *lon, Lat: *lat}
	if p.IsZero() {
		f.Add("lon", "field.required")
		return Position{}, f.Err()
	}
	p, err = geo.ToWGS84(p, d)
	if err == nil {
		err = p.Valid()
	}
	if err != nil {
		f.Add("lon", positionCode(err))
		return Position{}, f.Err()
	}
	return Position{Point: p, Accuracy: accuracy}, nil
}

func positionCode(err error) string {
	switch {
	case errors.Is(err, geo.ErrSwapped):
		return "position.swapped"
	case errors.Is(err, geo.ErrNaN):
		return "position.nan"
	}
	return "position.range"
}

// positions are the last positions in memory.
type positions struct {
	mu   sync.RWMutex
	by   map[string]Position
	seen int64 // the newest that was read from the store
}

func (p *positions) init() { p.by = map[string]Position{} }

func (p *positions) get(person string) (Position, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	one, ok := p.by[person]
	return one, ok
}

// put keeps a position unless a newer one is known.
func (p *positions) put(one Position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by[one.Person].At <= one.At {
		p.by[one.Person] = one
	}
}

func (p *positions) drop(person string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.by, person)
}

// keepOnly drops every position that is no longer kept.
func (p *positions) keepOnly(kept func(Position) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	maps.DeleteFunc(p.by, func(_ string, one Position) bool { return !kept(one) })
}

func (p *positions) all() []Position {
	p.mu.RLock()
	defer p.mu.RUnlock()
	out := make([]Position, 0, len(p.by))
	for _, one := range p.by {
		out = append(out, one)
	}
	return out
}
