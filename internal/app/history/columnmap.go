// Package history brings past reports of other systems into the store: each row of a table becomes an incident, with
// every character kept and no row lost or taken twice.
package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/incident"
)

// Map says what the columns of a table mean. It is written as JSON; docs/examples/complaints-map.json is one.
type Map struct {
	Delimiter string            `json:"delimiter"` // one character, or tab, comma, semicolon, pipe
	Quotes    *bool             `json:"quotes"`    // cells may stand in double quotes; default: unless the delimiter is a tab
	Header    *bool             `json:"header"`    // the first line names the columns; default: true
	Columns   map[string]Column `json:"columns"`   // field of a report -> column
	Time      TimeFormat        `json:"time"`
	Constants map[string]string `json:"constants"` // field -> value for all rows
	// Categories turns the labels of the category column into category codes; "*" stands for all others. A label
	// without a code refuses its row.
	Categories map[string]string `json:"categories"`
	// Channels does the same with the labels of the channel column.
	Channels map[string]string `json:"channels"`
	Kept     []Column          `json:"kept"` // further columns to keep as they are on the first entry of the timeline
	Past     *Past             `json:"past"` // what another system did with the rows; nil for rows that are reports only
}

// Past says how a table tells what became of its rows in the system from which it comes.
type Past struct {
	System string `json:"system"` // its name, as the timeline says it
	// States turns the words of the state column into open, closed or rejected. A word that is not there refuses its row.
	// Without a state column a row is closed when it has the time of its close.
	States map[string]string `json:"states"`
	// DueHours says when a row had to be closed that has no time for that: so many hours after it was received.
	DueHours float64 `json:"due_hours"`
}

// ends are the states that a row may have had in the other system.
var ends = map[string]incident.State{"open": "", "closed": incident.Closed, "rejected": incident.Rejected}

// pastFields are the fields that tell what another system did.
var pastFields = []string{"state", "accepted_at", "due_at", "handled_at", "closed_at", "answer"}

// Column names a column by its header, or by its number from 1.
type Column struct {
	Name   string
	Number int
}

// UnmarshalJSON reads "name" or 3.
func (c *Column) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &c.Number) == nil && c.Number > 0 {
		return nil
	}
	if json.Unmarshal(raw, &c.Name) == nil && c.Name != "" {
		return nil
	}
	return errors.New("a column is its name in the header or its number from 1")
}

// String names the column.
func (c Column) String() string {
	if c.Name != "" {
		return c.Name
	}
	return "column " + strconv.Itoa(c.Number)
}

// TimeFormat says how times are written, e.g. "yyyy/M/d H:mm:ss", "yyyy-MM-dd HH:mm:ssXXX", "unix" or "unix_ms", and in
// which zone. XXX stands for an offset that the cell itself names.
type TimeFormat struct {
	Format string `json:"format"`
	Zone   string `json:"zone"` // default: the office's own; needed where a past is told
}

// fields are the fields of a report that a column or a constant may give.
var fields = []string{"text", "title", "category", "kind", "severity", "channel", "lon", "lat", "datum", "address", "external_id",
	"occurred_at", "received_at", "call_at", "reporter.name", "reporter.phone", "reporter.address", "reporter.confidential",
	"state", "accepted_at", "due_at", "handled_at", "closed_at", "answer"}

// ReadMap reads a map and says everything that is wrong with it at once.
func ReadMap(r io.Reader) (*Map, error) {
	raw, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, err
	}
	var m Map
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("the map is not readable: %w", err)
	}
	return &m, m.check()
}

var delimiters = map[string]rune{"": ',', "comma": ',', "tab": '\t', "semicolon": ';', "pipe": '|'}

func (m *Map) check() error {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if _, ok := m.delimiter(); !ok {
		say("delimiter %q: want one character, or tab, comma, semicolon, pipe", m.Delimiter)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Columns)) {
		if !slices.Contains(fields, name) {
			say("columns: there is no field %q; the fields are %s", name, strings.Join(fields, ", "))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Constants)) {
		if !slices.Contains(fields, name) {
			say("constants: there is no field %q", name)
		}
		if _, both := m.Columns[name]; both {
			say("%s is given by a column and by a constant", name)
		}
	}
	for _, name := range []string{"text", "received_at"} {
		if !m.gives(name) {
			say("columns: %s is missing", name)
		}
	}
	if channel := m.Constants["channel"]; !m.gives("channel") {
		say("constants: channel is missing")
	} else if channel != "" && incident.ChannelGroups[channel] == "" {
		say("constants: there is no channel %q", channel)
	}
	for _, label := range slices.Sorted(maps.Keys(m.Channels)) {
		if incident.ChannelGroups[m.Channels[label]] == "" {
			say("channels: %q leads to %q, which is no channel", label, m.Channels[label])
		}
	}
	if m.Time.Format == "" {
		say("time: format is missing, e.g. \"yyyy/M/d H:mm:ss\", \"unix\" or \"unix_ms\"")
	}
	if _, err := time.LoadLocation(m.Time.Zone); m.Time.Zone != "" && err != nil {
		say("time: there is no zone %q; use a name such as Asia/Shanghai", m.Time.Zone)
	}
	m.checkPast(say)
	if len(wrong) == 0 {
		return nil
	}
	return errors.New("the map does not hold: " + strings.Join(wrong, "; "))
}

func (m *Map) checkPast(say func(string, ...any)) {
	if m.Past == nil {
		for _, name := range pastFields {
			if m.gives(name) {
				say("%s is given, but past is missing", name)
			}
		}
		return
	}
	if strings.TrimSpace(m.Past.System) == "" {
		say("past: system is missing, the name of the system from which the rows come")
	}
	for _, word := range slices.Sorted(maps.Keys(m.Past.States)) {
		if _, ok := ends[m.Past.States[word]]; !ok {
			say("past: states: %q leads to %q; want open, closed or rejected", word, m.Past.States[word])
		}
	}
	if m.gives("state") && len(m.Past.States) == 0 {
		say("past: states is missing: what the words of the state column mean")
	}
	if !m.gives("closed_at") {
		say("columns: closed_at is missing")
	}
	if m.Past.DueHours < 0 || m.Past.DueHours > maxDueHours {
		say("past: due_hours must lie between 0 and %d", maxDueHours)
	}
	if m.Time.Zone == "" {
		say("time: zone is missing; a past needs it stated, e.g. Asia/Shanghai or UTC")
	}
}

// maxDueHours are ten years.
const maxDueHours = 10 * 366 * 24

func (m *Map) gives(field string) bool {
	_, column := m.Columns[field]
	_, constant := m.Constants[field]
	return column || constant
}

func (m *Map) delimiter() (rune, bool) {
	if r, ok := delimiters[m.Delimiter]; ok {
		return r, true
	}
	r := []rune(m.Delimiter)
	return r[0], len(r) == 1 && r[0] != '"' && r[0] != '\n' && r[0] != '\r'
}

func (m *Map) quotes() bool {
	r, _ := m.delimiter()
	if m.Quotes == nil {
		return r != '\t'
	}
	return *m.Quotes
}

func (m *Map) header() bool { return m.Header == nil || *m.Header }
