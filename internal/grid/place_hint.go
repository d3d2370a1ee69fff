package grid

import (
	"strings"
	"unicode/utf8"

	"gezhi/internal/kit/geo"
)

// shortestHint is the fewest characters of a name that a text is believed to mean: two stand together by chance.
const shortestHint = 3

// PlaceIn returns the place that a text names: the one with the longest name in it that has a position; among names of
// the same length the own places before those of the base map, those before areas. A name that several distant places
// bear says nothing.
func (s *Service) PlaceIn(text string) (Place, bool) {
	text = fold(text)
	var found Place
	most, doubt := shortestHint-1, false
	look := func(p Place, name string) {
		n := utf8.RuneCountInString(name)
		if n < most || n < shortestHint || !strings.Contains(text, name) {
			return
		}
		switch {
		case n > most:
			found, most, doubt = p, n, false
		case fold(found.Name) == name && found.AreaID == "" && p.AreaID == "" && geo.Distance(found.Point, p.Point) > sameName:
			doubt = true
		}
	}
	t := s.Tree()
	for _, g := range []*gazetteer{{t.places, t.placeFold}, s.names.Load()} {
		for i, p := range g.places {
			look(p, g.folded[i])
		}
	}
	for i, a := range t.order {
		if !a.Shape.IsEmpty() && strings.Contains(text, t.folded[i]) {
			p := Place{ID: a.ID, Name: a.Name, Kind: string(a.Level), AreaID: a.ID}
			p.Point, _ = a.Shape.Inside()
			look(p, t.folded[i])
		}
	}
	return found, most >= shortestHint && !doubt
}

// sameName is how far apart, in metres, places of one name may lie to be taken for one, such as the parts of a street.
const sameName = 1000
