package mapview

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// PlacesFile is where the build puts the gazetteer, relative to the root of the web files.
const PlacesFile = "basemap/places.json"

// Gazetteer finds named places. It is read once and never changes, so any number of readers may share it.
type Gazetteer struct {
	places []Place
	folded []string
}

// NewGazetteer makes a gazetteer of the given places.
func NewGazetteer(places []Place) *Gazetteer {
	g := &Gazetteer{places: slices.Clone(places), folded: make([]string, len(places))}
	for i, place := range places {
		g.folded[i] = fold(place.Name)
	}
	return g
}

// OpenGazetteer reads PlacesFile from the web files. A build without them has an empty gazetteer, which is no error.
func OpenGazetteer(files fs.FS) (*Gazetteer, error) {
	raw, err := fs.ReadFile(files, PlacesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return NewGazetteer(nil), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	var document struct {
		Places []Place `json:"places"`
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		return nil, fmt.Errorf("parse places: %w", err)
	}
	return NewGazetteer(document.Places), nil
}

// Len is the number of places.
func (g *Gazetteer) Len() int { return len(g.places) }

// Search lists at most limit places whose name holds every word of the query: a whole name first, then names that
// begin with it, then the rest; among equals the more general place (a road before a shop) and the shorter name.
func (g *Gazetteer) Search(query string, limit int) []Place {
	words := strings.Fields(fold(query))
	if len(words) == 0 || limit <= 0 {
		return []Place{}
	}
	type hit struct{ index, score int }
	var hits []hit
	for i, name := range g.folded {
		if score, ok := match(name, words); ok {
			hits = append(hits, hit{i, score})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		left, right := g.places[a.index], g.places[b.index]
		return cmp.Or(
			cmp.Compare(a.score, b.score),
			cmp.Compare(rankOf[left.Kind], rankOf[right.Kind]),
			cmp.Compare(utf8.RuneCountInString(left.Name), utf8.RuneCountInString(right.Name)),
			strings.Compare(left.ID, right.ID),
		)
	})
	found := make([]Place, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, g.places[h.index])
	}
	return found
}

// Nearest gives the nearest place within metres of a point: "where is this" in words. ok is false when there is none.
func (g *Gazetteer) Nearest(lon, lat, metres float64) (place Place, ok bool) {
	best := metres
	for _, candidate := range g.places {
		if distance := candidate.distanceTo(lon, lat); distance <= best {
			place, ok, best = candidate, true, distance
		}
	}
	return place, ok
}

// match scores a name against the words of a query: 0 the whole name, 1 the beginning, 2 anywhere.
func match(name string, words []string) (score int, ok bool) {
	for _, word := range words {
		at := strings.Index(name, word)
		switch {
		case at < 0:
			return 0, false
		case at > 0:
			score = max(score, 2)
		case len(name) > len(word):
			score = max(score, 1)
		}
	}
	return score, true
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
