package grid

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"gezhi/internal/kit/geo"
)

// PlacesFile is where the base map keeps its names, relative to the root of the web files.
const PlacesFile = "basemap/places.json"

// Place is something with a name that a person can find by typing. Kind is the kind of a name of the base map, or the
// level of an area.
type Place struct {
	ID     string
	Name   string
	Kind   string
	Point  geo.Point // WGS-84; zero for an area without a boundary
	AreaID string    // set for areas only
}

// gazetteer is a list of places with their folded names.
type gazetteer struct {
	places []Place
	folded []string
}

// readPlaces reads PlacesFile. A build without it has no places, which is no error.
func readPlaces(files fs.FS) (*gazetteer, error) {
	raw, err := fs.ReadFile(files, PlacesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return &gazetteer{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	var doc struct {
		Places []struct {
			ID   string  `json:"id"`
			Name string  `json:"name"`
			Kind string  `json:"kind"`
			Lon  float64 `json:"lon"`
			Lat  float64 `json:"lat"`
		} `json:"places"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("parse %s: %w", PlacesFile, err)
	}
	g := &gazetteer{}
	for _, p := range doc.Places {
		point := geo.Point{Lon: p.Lon, Lat: p.Lat}
		if p.Name == "" || point.Valid() != nil {
			continue
		}
		g.places = append(g.places, Place{ID: p.ID, Name: p.Name, Kind: p.Kind, Point: point})
	}
	g.folded = foldAll(g.places)
	return g, nil
}

// PlaceQuery asks for places by name.
type PlaceQuery struct {
	Q     string    // words that the name must hold
	Near  geo.Point // WGS-84; zero: anywhere
	Limit int
	// Placed leaves out what has no position.
	Placed bool
}

type placeHit struct {
	place    Place
	area     *Area
	score    int
	distance float64
}

// FindPlaces lists areas and named places whose name holds every word: a whole name first, then names that begin with
// it, then the rest; among equals the nearer one if a point is given, then areas, then the shorter name.
func (s *Service) FindPlaces(q PlaceQuery) []Place {
	words := strings.Fields(fold(q.Q))
	if len(words) == 0 || q.Limit <= 0 {
		return nil
	}
	t := s.Tree()
	var hits []placeHit
	for i, a := range t.order {
		score, ok := matchWords(t.folded[i], words)
		if !ok || q.Placed && a.Shape.IsEmpty() {
			continue
		}
		h := placeHit{place: Place{ID: a.ID, Name: a.Name, Kind: string(a.Level), AreaID: a.ID}, area: a, score: score}
		if !a.Shape.IsEmpty() {
			b := t.boxes[i]
			h.distance = away(q.Near, geo.Point{Lon: (b.West + b.East) / 2, Lat: (b.South + b.North) / 2})
		}
		hits = append(hits, h)
	}
	for _, g := range []*gazetteer{{t.places, t.placeFold}, s.names.Load()} {
		for i, p := range g.places {
			if score, ok := matchWords(g.folded[i], words); ok {
				hits = append(hits, placeHit{place: p, score: score, distance: away(q.Near, p.Point)})
			}
		}
	}
	slices.SortFunc(hits, func(a, b placeHit) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.distance, b.distance), cmp.Compare(sortOf(a), sortOf(b)),
			cmp.Compare(utf8.RuneCountInString(a.place.Name), utf8.RuneCountInString(b.place.Name)), cmp.Compare(a.place.ID, b.place.ID))
	})
	out := make([]Place, 0, min(q.Limit, len(hits)))
	for _, h := range hits[:min(q.Limit, len(hits))] {
		if h.area != nil {
			h.place.Point, _ = h.area.Shape.Inside()
		}
		out = append(out, h.place)
	}
	return out
}

func sortOf(h placeHit) int {
	if h.area != nil {
		return h.area.Level.Depth()
	}
	return len(Levels)
}

func away(from, to geo.Point) float64 {
	if from.IsZero() {
		return 0
	}
	return geo.Distance(from, to)
}

// matchWords scores a folded name: 0 the whole name, 1 it begins with a word, 2 the words stand anywhere.
func matchWords(name string, words []string) (score int, ok bool) {
	begins := false
	for _, w := range words {
		at := strings.Index(name, w)
		if at < 0 {
			return 0, false
		}
		begins = begins || at == 0
	}
	switch {
	case len(words) == 1 && name == words[0]:
		return 0, true
	case begins:
		return 1, true
	}
	return 2, true
}

func foldAll(places []Place) []string {
	out := make([]string, len(places))
	for i, p := range places {
		out[i] = fold(p.Name)
	}
	return out
}

// fold makes letters that people type alike compare alike: case, and the full-width forms of ASCII.
func fold(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, text))
}
