package clock

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"gezhi/internal/kit/fault"
)

// Bounds of a file of days.
const (
	MaxFile    = 256 << 10
	maxDays    = 3000
	maxDayName = 40
)

// RowError is what is wrong with one row of a file.
type RowError struct {
	Row    int            `json:"row" doc:"counted from 1, with the header"`
	Code   string         `json:"code" doc:"stable code, translation key errors.<code>"`
	Params map[string]any `json:"params,omitempty"`
}

// kindWords are what people write for the kinds of days.
var kindWords = map[string]DayKind{
	"holiday": Holiday, "off": Holiday, "休": Holiday, "放假": Holiday, "节假日": Holiday, "假日": Holiday, "休息日": Holiday,
	"workday": Workday, "work": Workday, "班": Workday, "上班": Workday, "补班": Workday, "调休上班": Workday, "工作日": Workday,
}

// ReadDays reads days that differ from their week: a table as CSV with the columns date, kind and name, with or
// without a header, or a JSON list of objects with these fields. It returns the days that are in order, sorted, and
// what is wrong with each of the other rows; a date that stands there twice is wrong the second time. The error is for
// a file that cannot be read at all.
func ReadDays(data []byte) ([]Day, []RowError, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(data) > MaxFile:
		return nil, nil, fault.New(fault.TooLarge, "calendar.file_large", "max", MaxFile>>10)
	case !utf8.Valid(data):
		return nil, nil, fault.New(fault.Invalid, "calendar.file_utf8")
	}
	var rows []fileRow
	var err error
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '[' {
		rows, err = readJSON(trimmed)
	} else {
		rows, err = readCSV(data)
	}
	if err != nil {
		return nil, nil, err
	}
	days, wrong := daysOf(rows)
	if len(days) == 0 && len(wrong) == 0 {
		return nil, nil, fault.New(fault.Invalid, "calendar.file_empty")
	}
	return days, wrong, nil
}

// fileRow is one row as somebody wrote it.
type fileRow struct {
	number           int
	date, kind, name string
	fault            string // code of what is wrong with the row as a whole
}

func readJSON(data []byte) ([]fileRow, error) {
	var list []struct {
		Date string `json:"date"`
		Kind string `json:"kind"`
		Name string `json:"name"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "calendar.file_json")
	}
	if len(list) > maxDays {
		return nil, fault.New(fault.TooLarge, "calendar.file_rows", "max", maxDays)
	}
	rows := make([]fileRow, len(list))
	for n, k := range list {
		rows[n] = fileRow{number: n + 1, date: k.Date, kind: k.Kind, name: k.Name}
	}
	return rows, nil
}

func readCSV(data []byte) ([]fileRow, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	if first, _, _ := bytes.Cut(data, []byte("\n")); !bytes.ContainsAny(first, ",") && bytes.ContainsAny(first, "\t;") {
		r.Comma = rune(first[bytes.IndexAny(first, "\t;")])
	}
	var rows []fileRow
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "calendar.file_csv")
		}
		if len(rows) > maxDays {
			return nil, fault.New(fault.TooLarge, "calendar.file_rows", "max", maxDays)
		}
		line, _ := r.FieldPos(0)
		for len(cells) < 3 {
			cells = append(cells, "")
		}
		row := fileRow{number: line, date: cells[0], kind: cells[1], name: cells[2]}
		if slices.ContainsFunc(cells[3:], func(c string) bool { return strings.TrimSpace(c) != "" }) {
			row.fault = "calendar.row_columns"
		}
		if head := len(rows) == 0 && header(row); !head && strings.TrimSpace(strings.Join(cells, "")) != "" {
			rows = append(rows, row)
		}
	}
}

// header tells whether the first row of a table holds names of columns.
func header(r fileRow) bool {
	switch strings.ToLower(strings.TrimSpace(r.date)) {
	case "date", "day", "日期":
		return true
	}
	return false
}

func daysOf(rows []fileRow) ([]Day, []RowError) {
	var days []Day
	var wrong []RowError
	seen := map[Date]int{}
	for _, r := range rows {
		day, code, params := r.day()
		if first, twice := seen[day.Date]; code == "" && twice {
			code, params = "calendar.row_twice", map[string]any{"date": day.Date.String(), "row": first}
		}
		if code != "" {
			wrong = append(wrong, RowError{Row: r.number, Code: code, Params: params})
			continue
		}
		seen[day.Date] = r.number
		days = append(days, day)
	}
	slices.SortFunc(days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return days, wrong
}

// day reads a row; code says what is wrong with it.
func (r fileRow) day() (d Day, code string, params map[string]any) {
	if r.fault != "" {
		return d, r.fault, nil
	}
	var err error
	if d.Date, err = readDate(r.date); err != nil {
		return d, "calendar.row_date", map[string]any{"text": shorten(r.date)}
	}
	if !inReach(d.Date) {
		return d, "calendar.row_year", map[string]any{"date": d.Date.String()}
	}
	var known bool
	if d.Kind, known = kindWords[strings.ToLower(strings.TrimSpace(r.kind))]; !known {
		return d, "calendar.row_kind", map[string]any{"text": shorten(r.kind)}
	}
	var f fault.Fields
	d.Name = fault.CheckText(&f, "name", r.name, false, maxDayName)
	if len(f) > 0 {
		return d, f[0].Code, f[0].Params
	}
	return d, "", nil
}

// inReach keeps slips of the pen out: calendars are kept for years around this one.
func inReach(d Date) bool { return d.Year >= 2000 && d.Year < 2100 }

// readDate reads a date as people and spreadsheets write it: 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日, 20261001.
func readDate(text string) (Date, error) {
	text = strings.TrimSpace(text)
	text = strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-", "日", "").Replace(text)
	if len(text) == 8 && !strings.Contains(text, "-") {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	if parts := strings.Split(text, "-"); len(parts) == 3 {
		for n, p := range parts {
			if len(p) == 1 && n > 0 {
				parts[n] = "0" + p
			}
		}
		text = strings.Join(parts, "-")
	}
	return ParseDate(text)
}

func shorten(text string) string {
	if r := []rune(text); len(r) > 20 {
		return fmt.Sprintf("%s…", string(r[:20]))
	}
	return text
}
