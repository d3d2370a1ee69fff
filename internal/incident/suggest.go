package incident

import (
	"math"
	"strings"

	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
)

// Learned is what a model tells of a report.
type Learned string

// What is learned from closed incidents.
const (
	LearnedCategory Learned = "category"
	LearnedUnit     Learned = "unit" // who handles it
)

// Guess is the category, or the id of the unit, that a model reads from words.
type Guess struct {
	Label      string
	Confidence float64 // 0 to 1, as measured when the model was made
	Made       int64   // when the model was made, unix ms
}

// Hint is a place that words name.
type Hint struct {
	Name  string
	Point geo.Point // WGS-84
}

// Reader makes something of what people write. It answers from memory, and not at all while it knows nothing.
type Reader interface {
	Category(title, text string) (Guess, bool)
	Unit(title, text, where, category string) (Guess, bool) // as in Lesson
	PlaceIn(text string) (Hint, bool)
	Model(of Learned) *ModelView // nil without one
}

// ModelView says what a model is worth, for whoever decides what it may do.
type ModelView struct {
	Made    int64       `json:"made" doc:"unix ms"`
	Rows    int         `json:"rows" doc:"closed reports it learned from"`
	MacroF1 float64     `json:"macro_f1" doc:"0 to 1, the average over what it tells apart, on reports it had not seen"`
	Surely  []ModelSure `json:"surely" nullable:"false"`
}

// ModelSure is the worth of the answers of at least a confidence.
type ModelSure struct {
	Above float64 `json:"above"`
	Share float64 `json:"share" doc:"of all reports"`
	Right float64 `json:"right" doc:"share of right ones among them"`
}

// likelyGuess is the least confidence with which a guess is shown to anybody.
const likelyGuess = 0.5

// SuggestedView is what the words of a report suggest while nobody has settled it.
type SuggestedView struct {
	Category *SuggestedCategory `json:"category,omitempty"`
	Place    *SuggestedPlace    `json:"place,omitempty"`
	Unit     *SuggestedUnit     `json:"unit,omitempty" doc:"who handled the like of it, where that is not the unit of the proposal"`
}

// SuggestedCategory is a category with the worth of the guess.
type SuggestedCategory struct {
	NamedCode
	Confidence float64 `json:"confidence" doc:"0.5 to 1, as measured on reports that the model had not seen"`
	Made       int64   `json:"made" doc:"when the model was made, unix ms"`
}

// SuggestedPlace is a place that the words name.
type SuggestedPlace struct {
	Name string  `json:"name"`
	Lon  float64 `json:"lon"`
	Lat  float64 `json:"lat"`
	Area string  `json:"area" doc:"name of the deepest area there, '' outside all"`
}

// guess asks the model, if there is one, and keeps silent about what is unlikely or is no category any more.
func (s *Service) guess(title, text string) (Guess, bool) {
	if s.Reader == nil {
		return Guess{}, false
	}
	g, ok := s.Reader.Category(title, text)
	return g.rounded(), ok && g.likely() && s.Categories().Usable(g.Label)
}

func (g Guess) likely() bool { return g.rounded().Confidence >= likelyGuess }

// rounded never claims more than was measured.
func (g Guess) rounded() Guess {
	g.Confidence = math.Floor(g.Confidence*1000) / 1000
	return g
}

// suggested is what helps whoever sorts a report: a category where none was given, or only words of the list gave it,
// and a place where none is known; and who sends it: another unit than the proposed. It is nil when there is nothing to
// suggest.
func (s *Service) suggested(by onlooker, i *Incident) *SuggestedView {
	v := SuggestedView{Unit: s.suggestedUnit(by, i)}
	if (i.State == Reported || i.State == Verifying) && by.Scope(perm.IncidentTriage).Covers(i.Target()) {
		v.Category, v.Place = s.suggestedCategory(i), s.suggestedPlace(i)
	}
	if v == (SuggestedView{}) {
		return nil
	}
	return &v
}

func (s *Service) suggestedCategory(i *Incident) *SuggestedCategory {
	g, ok := s.guess(i.Title, i.Text)
	if !ok || g.Label == i.Category || i.Category != "" && i.Category != s.Categories().Propose(i.Title+" "+i.Text) {
		return nil
	}
	k, _ := s.Categories().Get(g.Label)
	return &SuggestedCategory{NamedCode{k.Code, k.NameZH, k.NameEN}, g.Confidence, g.Made}
}

func (s *Service) suggestedPlace(i *Incident) *SuggestedPlace {
	if s.Reader == nil || i.Placed || i.Lon != nil {
		return nil
	}
	h, ok := s.Reader.PlaceIn(strings.Join([]string{i.Address, i.Title, i.Text}, "\n"))
	if !ok {
		return nil
	}
	v := &SuggestedPlace{Name: h.Name, Lon: h.Point.Lon, Lat: h.Point.Lat}
	if path := s.Places.Locate(h.Point); len(path) > 0 {
		v.Area = path[len(path)-1].Name
	}
	return v
}
