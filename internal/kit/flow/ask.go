package flow

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"

	"gezhi/internal/kit/fault"
)

// AskType is the type of a field that an action asks for.
type AskType string

// The types. The value of unit, person, area and category is an id or code.
const (
	Text     AskType = "text"   // several lines
	String   AskType = "string" // one line
	Choice   AskType = "choice"
	Unit     AskType = "unit"
	Units    AskType = "units" // several of them
	Person   AskType = "person"
	Category AskType = "category"
	Bool     AskType = "bool"
	Int      AskType = "int"
	Number   AskType = "number"
	Time     AskType = "time"   // unix ms, a whole number
	Files    AskType = "files"  // ids of uploaded files
	Record   AskType = "record" // named values; whoever carries out the action knows what is asked
)

// Option is one choice of an Ask.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty" doc:"a name; without one the value is a translation key"`
	// Absent says that whoever the option names is away.
	Absent *Absent `json:"absent,omitempty" doc:"the person is away"`
}

// Absent says until when somebody is away and who stands in.
type Absent struct {
	Until    int64 `json:"until" doc:"unix ms"`
	Delegate Named `json:"delegate" doc:"who gets it meanwhile; without an id nobody"`
}

// Named is an id with what it is called.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Ask is one field that an action asks for.
type Ask struct {
	Name     string   `json:"name"`
	Type     AskType  `json:"type"`
	Required bool     `json:"required"`
	Options  []Option `json:"options,omitempty"`
	Proposed any      `json:"proposed,omitempty"`
	Max      int      `json:"max,omitempty" doc:"longest text, or largest number"`
	Min      int      `json:"min,omitempty"`
	Of       string   `json:"of,omitempty" doc:"the field on whose value the options depend: the people of the unit given there"`
}

// Choices makes the options of an Ask from values.
func Choices(values ...string) []Option {
	o := make([]Option, len(values))
	for i, v := range values {
		o[i] = Option{Value: v}
	}
	return o
}

// defaultMax bounds a text whose Ask sets no limit of its own, in characters.
const defaultMax = 2000

// maxTime is the end of the year 9999 in unix ms.
const maxTime = 253_402_300_799_999

// maxFields bounds the values of a record.
const maxFields = 100

// maxFiles bounds the files of one action.
const maxFiles = 20

// FilesField is the field that every action accepts: ids of uploaded files.
const FilesField = "files"

// Given is what was given with an action: string, bool, int64, float64, []string, IDs or map[string]any, by the name of the Ask.
type Given map[string]any

// Text returns a text, ” when absent.
func (g Given) Text(name string) string { s, _ := g[name].(string); return s }

// Bool returns a boolean and whether it was given.
func (g Given) Bool(name string) (value, ok bool) { value, ok = g[name].(bool); return }

// Int returns a whole number and whether it was given.
func (g Given) Int(name string) (value int64, ok bool) { value, ok = g[name].(int64); return }

// Number returns a number and whether it was given.
func (g Given) Number(name string) (value float64, ok bool) { value, ok = g[name].(float64); return }

// Files returns the ids of all files that were given, by the names of their fields.
func (g Given) Files() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(g)) {
		if list, ok := g[name].([]string); ok {
			all = append(all, list...)
		}
	}
	return all
}

// IDs are the ids of several things, as given for an Ask of the type Units.
type IDs []string

// maxIDs bounds them.
const maxIDs = 50

// IDs returns a list of ids, nil when absent.
func (g Given) IDs(name string) IDs { v, _ := g[name].(IDs); return v }

// Parse reads the fields of an action against its asks. All that is wrong is reported at once: unknown fields, wrong
// types, missing and too long values, choices that do not exist.
func Parse(asks []Ask, raw map[string]json.RawMessage) (Given, error) {
	var faults fault.Fields
	given := Given{}
	for name, value := range raw {
		i := slices.IndexFunc(asks, func(a Ask) bool { return a.Name == name })
		switch {
		case string(bytes.TrimSpace(value)) == "null":
		case i >= 0:
			if v := parseOne(&faults, asks[i], value); v != nil {
				given[name] = v
			}
		case name == FilesField:
			if v := parseOne(&faults, Ask{Name: FilesField, Type: Files}, value); v != nil {
				given[name] = v
			}
		default:
			faults.Add(name, "field.unknown")
		}
	}
	for _, a := range asks {
		if _, ok := given[a.Name]; a.Required && !ok && !slices.ContainsFunc(faults, func(f fault.Field) bool { return f.Field == a.Name }) {
			faults.Add(a.Name, "field.required")
		}
	}
	slices.SortFunc(faults, func(x, y fault.Field) int { return strings.Compare(x.Field, y.Field) })
	return given, faults.Err()
}

func parseOne(faults *fault.Fields, a Ask, raw json.RawMessage) any {
	switch a.Type {
	case Bool:
		var v bool
		if json.Unmarshal(raw, &v) == nil {
			return v
		}
		faults.Add(a.Name, "field.type", "type", "boolean")
	case Record:
		var v map[string]any
		if json.Unmarshal(raw, &v) == nil && len(v) <= maxFields {
			return v
		}
		faults.Add(a.Name, "field.type", "type", "object")
	case Int, Number, Time:
		return parseNumber(faults, a, raw)
	case Units:
		var v IDs
		switch {
		case json.Unmarshal(raw, &v) != nil:
			faults.Add(a.Name, "field.type", "type", "array")
		case len(v) > maxIDs:
			faults.Add(a.Name, "field.too_many", "max", maxIDs)
		case len(v) == 0 && a.Required:
			faults.Add(a.Name, "field.required")
		default:
			return v
		}
	case Files:
		var v []string
		if json.Unmarshal(raw, &v) != nil {
			faults.Add(a.Name, "field.type", "type", "array")
		} else if len(v) > maxFiles {
			faults.Add(a.Name, "field.too_many", "max", maxFiles)
		} else {
			return v
		}
	default:
		return parseText(faults, a, raw)
	}
	return nil
}

func parseNumber(faults *fault.Fields, a Ask, raw json.RawMessage) any {
	var v float64
	if json.Unmarshal(raw, &v) != nil {
		faults.Add(a.Name, "field.type", "type", "number")
		return nil
	}
	if v == 0 {
		v = 0 // without the sign, which not every engine keeps
	}
	if a.Type != Number && v != math.Trunc(v) {
		faults.Add(a.Name, "field.type", "type", "integer")
		return nil
	}
	if a.Max != 0 && v > float64(a.Max) {
		faults.Add(a.Name, "field.too_large", "max", a.Max)
		return nil
	}
	if a.Max != 0 && v < float64(a.Min) {
		faults.Add(a.Name, "field.too_small", "min", a.Min)
		return nil
	}
	if a.Type == Time && (v < 0 || v > maxTime) {
		faults.Add(a.Name, "field.range", "min", 0, "max", int64(maxTime))
		return nil
	}
	if a.Type != Number {
		return int64(v)
	}
	return v
}

func parseText(faults *fault.Fields, a Ask, raw json.RawMessage) any {
	var v string
	if json.Unmarshal(raw, &v) != nil {
		faults.Add(a.Name, "field.type", "type", "string")
		return nil
	}
	limit := a.Max
	if limit == 0 {
		limit = defaultMax
	}
	before := len(*faults)
	v = fault.CheckText(faults, a.Name, v, a.Required, limit)
	if len(*faults) > before || v == "" {
		return nil
	}
	// Options with a label are proposals from the data; the service checks those. The others are a closed list.
	closed := a.Type == Choice && len(a.Options) > 0
	if closed && !slices.ContainsFunc(a.Options, func(o Option) bool { return o.Value == v }) {
		faults.Add(a.Name, "field.choice")
		return nil
	}
	return v
}
