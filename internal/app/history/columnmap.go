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
	Kept       []Column          `json:"kept"` // further columns to keep as they are on the first entry of the timeline
}

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

// TimeFormat says how times are written, e.g. "yyyy/M/d H:mm:ss", "unix" or "unix_ms", and in which zone.
type TimeFormat struct {
	Format string `json:"format"`
	Zone   string `json:"zone"` // default: the office's own
}

// fields are the fields of a report that a column or a constant may give.
var fields = []string{"text", "title", "category", "kind", "severity", "channel", "lon", "lat", "datum", "address", "external_id",
	"occurred_at", "received_at", "call_at", "reporter.name", "reporter.phone", "reporter.address", "reporter.confidential"}

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
	if m.Time.Format == "" {
		say("time: format is missing, e.g. \"yyyy/M/d H:mm:ss\", \"unix\" or \"unix_ms\"")
	}
	if _, err := time.LoadLocation(m.Time.Zone); m.Time.Zone != "" && err != nil {
		say("time: there is no zone %q; use a name such as Asia/Shanghai", m.Time.Zone)
	}
	if len(wrong) == 0 {
		return nil
	}
	return errors.New("the map does not hold: " + strings.Join(wrong, "; "))
}

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
