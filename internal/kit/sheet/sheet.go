// Package sheet writes tables as xlsx and reads the ones that people fill in: a header in the reader's language, cells
// that never become formulas, and on the way in merged cells, empty rows, stray spaces, full-width digits and dates in
// whatever form they were typed, within hard limits.
package sheet

import "strings"

// Kind says what the cells of a column hold.
type Kind string

// The kinds of columns.
const (
	Text   Kind = "text"   // as people write it
	Code   Kind = "code"   // codes, logins, phone numbers: kept as text, full-width letters and digits become plain ones
	Number Kind = "number" // int, int64 or float64
	Time   Kind = "time"   // int64 unix ms (0: empty), shown in the office's zone
	Bool   Kind = "bool"   // shown as yes or no
)

// The bounds of a table. A sheet beyond them is refused as a whole, with a sentence.
const (
	MaxRows    = 50_000
	MaxColumns = 100
	MaxCell    = 4_000    // characters of a cell that is read
	MaxFile    = 20 << 20 // bytes of the file
	maxUnzip   = 400 << 20
	// A part above this is kept on disk while reading, so that a file of few bytes cannot fill the memory.
	maxPart = 96 << 20
	// lastRow is the last row that the format knows.
	lastRow = 1 << 20
)

// Column is one column of a table.
type Column struct {
	Key      string   // how the program calls it
	Head     string   // what stands above it
	Also     []string // other headers under which it is found on reading, such as the one in the other language
	Kind     Kind
	Width    float64 // in characters; 0: by kind
	Required bool    // reading refuses a sheet without it
	Hint     string  // for the sheet of explanations
	Example  string  // for the example row of a template
}

// Style is how a writer shows what is not data: the name of the sheet and the words of a Bool column.
type Style struct {
	Name string // of the sheet
	Yes  string
	No   string
}

// ContentType is what an xlsx file is served as.
const ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// plainHead is the form in which headers are compared: without case, spaces, stars and remarks in brackets.
func plainHead(s string) string {
	s = strings.ToLower(fold(s))
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '*', '_', ':', '\t', '\n', '\r':
			return -1
		}
		return r
	}, s)
}
