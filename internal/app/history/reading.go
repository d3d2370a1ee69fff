package history

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gezhi/internal/incident"
)

// reading turns the rows of one table into reports.
type reading struct {
	m     *Map
	clock *clockReader
	width int            // number of cells of a row
	at    map[string]int // field -> cell
	kept  []keptCell
}

type keptCell struct {
	name string
	at   int
}

// newReading finds the columns of a map in the first row of a table: its header, or without one its first row of data.
func newReading(m *Map, first []string, office *time.Location) (*reading, error) {
	clock, err := newClockReader(m.Time, office)
	if err != nil {
		return nil, err
	}
	r := &reading{m: m, clock: clock, width: len(first), at: map[string]int{}}
	for field, column := range m.Columns {
		if r.at[field], err = r.find(column, first); err != nil {
			return nil, err
		}
	}
	for _, column := range m.Kept {
		at, err := r.find(column, first)
		if err != nil {
			return nil, err
		}
		name := column.String()
		if m.header() {
			name = strings.TrimSpace(first[at])
		}
		r.kept = append(r.kept, keptCell{name, at})
	}
	return r, nil
}

func (r *reading) find(c Column, first []string) (int, error) {
	if c.Number > 0 {
		if c.Number > len(first) {
			return 0, fmt.Errorf("the map names %s, but a row of the file has %d columns", c, len(first))
		}
		return c.Number - 1, nil
	}
	if !r.m.header() {
		return 0, fmt.Errorf("the map names the column %q, but says that the file has no header: give its number", c.Name)
	}
	at := slices.IndexFunc(first, func(s string) bool { return strings.TrimSpace(s) == c.Name })
	if at < 0 {
		return 0, fmt.Errorf("the file has no column %q; it has %s. Is the delimiter right?", c.Name, strings.Join(first, ", "))
	}
	return at, nil
}

// unused names the columns that nothing is taken from.
func (r *reading) unused(header []string) []string {
	var names []string
	for at, name := range header {
		used := slices.ContainsFunc(r.kept, func(k keptCell) bool { return k.at == at })
		for _, n := range r.at {
			used = used || n == at
		}
		if !used {
			names = append(names, name)
		}
	}
	return names
}

// report makes the report of a row. wrong lists what cannot be read, each as "field: reason".
func (r *reading) report(w row) (in incident.Report, h incident.History, wrong []string) {
	say := func(field, format string, args ...any) {
		wrong = append(wrong, field+": "+fmt.Sprintf(format, args...))
	}
	switch {
	case w.broken != "":
		return in, h, []string{"row: " + w.broken}
	case len(w.cells) != r.width:
		return in, h, []string{fmt.Sprintf("row: it has %d columns, not %d", len(w.cells), r.width)}
	case !utf8.ValidString(w.raw):
		return in, h, []string{"row: not UTF-8; save the file as UTF-8"}
	}
	value := func(field string) string {
		if at, ok := r.at[field]; ok {
			return w.cells[at]
		}
		return r.m.Constants[field]
	}
	word := func(field string) string { return strings.TrimSpace(value(field)) }
	moment := func(field string) int64 {
		ms, err := r.clock.read(value(field))
		if err != nil {
			say(field, "%s", err)
		}
		return ms
	}
	number := func(field string) *float64 {
		text := word(field)
		if text == "" {
			return nil
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			say(field, "%q is no number", text)
			return nil
		}
		return &v
	}
	in = incident.Report{Title: value("title"), Text: value("text"), Kind: word("kind"), Severity: word("severity"),
		Lon: number("lon"), Lat: number("lat"), Datum: word("datum"), Address: value("address"), ExternalID: word("external_id"),
		OccurredAt: moment("occurred_at"), CallAt: moment("call_at")}
	in.Reporter = incident.Reporter{Name: value("reporter.name"), Phone: value("reporter.phone"), Address: value("reporter.address")}
	if text := word("reporter.confidential"); text != "" {
		yes, err := strconv.ParseBool(text)
		if err != nil {
			say("reporter.confidential", "%q is neither true nor false", text)
		}
		in.Reporter.Confidential = yes
	}
	var ok bool
	if in.Channel, ok = r.coded("channel", r.m.Channels, word("channel")); !ok {
		say("channel", "the map has no channel for %q", word("channel"))
	}
	if in.Category, ok = r.coded("category", r.m.Categories, word("category")); !ok {
		say("category", "the map has no category for %q", word("category"))
	}
	if h.ReceivedAt = moment("received_at"); h.ReceivedAt == 0 && word("received_at") == "" {
		say("received_at", "missing")
	}
	if r.m.Past != nil {
		r.past(&h, word, moment, say)
	}
	h.Kept = map[string]string{}
	for _, k := range r.kept {
		h.Kept[k.name] = w.cells[k.at]
	}
	return in, h, wrong
}

// past reads what another system did with a row.
func (r *reading) past(h *incident.History, word func(string) string, moment func(string) int64, say func(field, format string, args ...any)) {
	p := r.m.Past
	h.System, h.Answer = p.System, word("answer")
	h.AcceptedAt, h.HandledAt, h.EndedAt = moment("accepted_at"), moment("handled_at"), moment("closed_at")
	if h.DueAt = moment("due_at"); h.DueAt == 0 && p.DueHours > 0 {
		h.DueAt = h.ReceivedAt + int64(p.DueHours*3_600_000)
	}
	if !r.m.gives("state") {
		if h.EndedAt != 0 {
			h.End = incident.Closed
		}
		return
	}
	end, ok := p.States[word("state")]
	if !ok {
		say("state", "the map has no state for %q", word("state"))
	}
	h.End = ends[end]
}

// coded turns a label into a code: by the table of the map, or as it is when there is no table.
func (r *reading) coded(field string, table map[string]string, label string) (code string, ok bool) {
	if _, column := r.at[field]; !column || len(table) == 0 {
		return label, true
	}
	if code, ok = table[label]; ok {
		return code, true
	}
	code, ok = table["*"]
	return code, ok || label == ""
}
