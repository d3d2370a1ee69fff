package incident

import (
	"slices"

	"gezhi/internal/kit/fault"
)

// PhraseUses are what the office's quick phrases are for: what is asked or said on the phone, notes, answers to the
// reporter, results of handling, reasons.
var PhraseUses = []string{"call", "note", "answer", "result", "reason"}

// Limits of quick phrases: characters of one, and how many the office keeps for one use.
const (
	maxPhrase  = 500
	maxPhrases = 100
)

// Phrase is a sentence that the office keeps ready, so that nobody writes it again.
type Phrase struct {
	ID      string
	Use     string // one of PhraseUses
	Text    string
	Sort    int64 // place among those of its use, smallest first
	Version int64
}

// check brings the text into its kept form and refuses what no phrase can be.
func (p *Phrase) check() error {
	var f fault.Fields
	if !slices.Contains(PhraseUses, p.Use) {
		f.Add("use", "field.choice")
	}
	p.Text = fault.CheckText(&f, "text", p.Text, true, maxPhrase)
	if p.Sort < 0 || p.Sort > 1_000_000 {
		f.Add("sort", "field.range", "min", 0, "max", 1_000_000)
	}
	return f.Err()
}
