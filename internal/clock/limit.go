package clock

import (
	"slices"
	"strings"

	"gezhi/internal/kit/fault"
)

const (
	maxBasis  = 200
	maxLimits = 2000
	// Timed reports come at least a few minutes and at most a month apart.
	minEvery = 5
	maxEvery = 31 * 24 * 60
)

// Vocabulary knows the words that conditions may use.
type Vocabulary interface {
	Severities() []string
	Channels() []string
	HasCategory(code string) bool
}

// Areas knows where things are, from memory.
type Areas interface {
	Exists(id string) bool
	Path(id string) []string // ids from the city down, with its own; empty for an unknown area
}

// Directory knows from memory which units there are.
type Directory interface {
	Exists(id string) bool
}

// validate brings the texts into their kept form and returns everything that is wrong with the limit by itself.
func (l *Limit) validate(words Vocabulary, areas Areas) error {
	var f fault.Fields
	l.Basis = fault.CheckText(&f, "basis", l.Basis, false, maxBasis)
	if !slices.Contains(Stages, l.Stage) {
		f.Add("stage", "field.choice", "choices", Stages)
	}
	l.checkAmount(&f)
	if l.Stage == Progress {
		if l.Unit.days() {
			f.Add("unit", "limit.progress_unit")
		}
		if l.Every != 0 && (l.Every < minEvery || l.Every > maxEvery) {
			f.Add("every", "limit.every", "min", minEvery, "max", maxEvery)
		}
	} else if l.Every != 0 {
		f.Add("every", "limit.every_unused")
	}
	checkWords(&f, words, l.Category, l.Severity, l.Channel)
	if l.Area != "" && !areas.Exists(l.Area) {
		f.Add("area", "field.not_found")
	}
	if l.From < 0 {
		f.Add("from", "field.range")
	}
	if l.To != 0 && l.To <= l.From {
		f.Add("to", "limit.validity")
	}
	return f.Err()
}

func (l *Limit) checkAmount(f *fault.Fields) {
	most := MaxMinutes
	if l.Unit.days() {
		most = MaxDays
	}
	switch {
	case !slices.Contains(Units, l.Unit):
		f.Add("unit", "field.choice", "choices", Units)
	case l.Amount == 0:
		f.Add("amount", "limit.zero")
	case !l.Unit.fits(l.Amount):
		f.Add("amount", "limit.amount", "max", most, "unit", string(l.Unit))
	}
}

// checkWords notes which of the words are unknown; an empty one stands for all.
func checkWords(f *fault.Fields, words Vocabulary, category, severity, channel string) {
	if category != "" && !words.HasCategory(category) {
		f.Add("category", "category.unknown")
	}
	for _, c := range []struct {
		field, value string
		choices      []string
	}{{"severity", severity, words.Severities()}, {"channel", channel, words.Channels()}} {
		if c.value != "" && !slices.Contains(c.choices, c.value) {
			f.Add(c.field, "field.choice", "choices", strings.Join(c.choices, ", "))
		}
	}
}

// rivals tells whether two limits fit the same cases at the same time, so that neither would be the right one.
func (l *Limit) rivals(o *Limit) bool {
	alike := l.Stage == o.Stage && l.Category == o.Category && l.Severity == o.Severity && l.Channel == o.Channel && l.Area == o.Area
	return alike && l.ID != o.ID && l.Active && o.Active && (o.To == 0 || l.From < o.To) && (l.To == 0 || o.From < l.To)
}
