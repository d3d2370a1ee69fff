package incident

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/seal"
)

// maxDetail bounds an answer in words, in characters.
const maxDetail = 500

// Details are the answers to what a category asks, by the names of the fields: string, float64 or bool. They are
// never changed in place.
type Details map[string]any

// text writes the details as they are stored.
func (d Details) text() string {
	if len(d) == 0 {
		return "{}"
	}
	b, err := json.Marshal(d)
	if err != nil { // only finite numbers, strings and booleans come in
		panic(err)
	}
	return string(b)
}

func readDetails(stored string) (Details, error) {
	if stored == "{}" {
		return nil, nil
	}
	var d Details
	return d, json.Unmarshal([]byte(stored), &d)
}

// words is what is to be found of the details: everything that was answered in words.
func (d Details) words() string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(d)) {
		if text, ok := d[name].(string); ok {
			words = append(words, text)
		}
	}
	return strings.Join(words, " ")
}

// checkDetails reads answers against what a category asks, residents against what they are asked. Nothing is required;
// what was left empty is nil. Faults are at details.<name>.
func (c *Categories) checkDetails(f *fault.Fields, category string, given map[string]any, resident bool) Details {
	fields := c.Fields(category)
	read := Details{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		i := slices.IndexFunc(fields, func(d Field) bool { return d.Name == name && (d.Residents || !resident) })
		if i < 0 {
			f.Add("details."+name, "field.unknown")
			continue
		}
		read[name] = fields[i].read(f, given[name])
	}
	return read
}

// read takes one answer, nil when it is empty or wrong.
func (d Field) read(f *fault.Fields, given any) any {
	at := "details." + d.Name
	text, isText := given.(string)
	if given == nil || isText && strings.TrimSpace(text) == "" {
		return nil
	}
	switch d.Type {
	case "number":
		if n, ok := given.(float64); !ok {
			f.Add(at, "field.type", "type", "number")
		} else if math.Abs(n) > 1e12 {
			f.Add(at, "field.too_large", "max", int64(1e12))
		} else {
			return n + 0 // without the sign of a zero, which not every engine keeps
		}
	case "bool":
		if yes, ok := given.(bool); ok {
			return yes
		}
		f.Add(at, "field.type", "type", "boolean")
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			return text
		}
		f.Add(at, "field.date")
	case "choice":
		if _, ok := d.option(text); ok {
			return text
		}
		f.Add(at, "field.choice")
	default:
		if !isText {
			f.Add(at, "field.type", "type", "string")
			return nil
		}
		before := len(*f)
		if text = fault.CheckText(f, at, text, false, maxDetail); len(*f) == before && text != "" {
			return text
		}
	}
	return nil
}

// with returns the details with answers put in; nil takes one out. A text that is what masking made of the one that is
// there changes nothing: whoever sends it never saw the whole.
func (d Details) with(answers Details) Details {
	out := maps.Clone(d)
	if out == nil {
		out = Details{}
	}
	for name, v := range answers {
		old, had := out[name].(string)
		text, isText := v.(string)
		switch {
		case v == nil:
			delete(out, name)
		case had && isText && text == seal.MaskFreeText(old):
		default:
			out[name] = v
		}
	}
	return out
}

// DetailView is one answer as it is shown: masked, and in words of both languages.
type DetailView struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	LabelEN string `json:"label_en"`
	Type    string `json:"type"`
	Value   any    `json:"value" doc:"string, number or boolean, for putting it into a form"`
	Text    string `json:"text"`
	TextEN  string `json:"text_en"`
}

// WantedField names a field that a category asks for and that is missing.
type WantedField struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	LabelEN string `json:"label_en"`
}

// show returns the answers of an incident in the order in which its category asks them; then those whose field belongs
// to another category.
func (c *Categories) show(category string, d Details) []DetailView {
	if len(d) == 0 {
		return nil
	}
	shown := make([]DetailView, 0, len(d))
	done := map[string]bool{}
	for _, field := range c.Fields(category) {
		if v, ok := d[field.Name]; ok {
			done[field.Name] = true
			shown = append(shown, field.show(v))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d)) {
		if field, ok := c.field(category, name); ok && !done[name] {
			shown = append(shown, field.show(d[name]))
		}
	}
	return shown
}

// showWhole is like show, without masking; only for a full view that is recorded.
func (c *Categories) showWhole(category string, d Details) []DetailView {
	shown := c.show(category, d)
	for n := range shown {
		v := &shown[n]
		if text, ok := d[v.Name].(string); ok && v.Type == "text" {
			v.Value, v.Text, v.TextEN = text, text, text
		}
	}
	return shown
}

// residentFields are the fields that residents are asked, out of all.
func residentFields(fields []Field) []Field {
	var asked []Field
	for _, d := range fields {
		if d.Residents && !d.Retired {
			asked = append(asked, d)
		}
	}
	return asked
}

// residentDetails are the answers that whoever reported may see.
func (s *Service) residentDetails(i *Incident) []DetailView {
	var shown []DetailView
	for _, v := range s.Categories().show(i.Category, i.Details) {
		if d, ok := s.Categories().field(i.Category, v.Name); ok && d.Residents {
			shown = append(shown, v)
		}
	}
	return shown
}

// wanted returns what the category of an incident asks for and nobody has answered.
func (c *Categories) wanted(category string, d Details) []WantedField {
	var list []WantedField
	for _, field := range c.Fields(category) {
		if _, ok := d[field.Name]; !ok && field.Wanted && !field.Retired {
			list = append(list, WantedField{field.Name, field.Label, field.LabelEN})
		}
	}
	return list
}

func (d Field) show(value any) DetailView {
	v := DetailView{Name: d.Name, Label: d.Label, LabelEN: d.LabelEN, Type: d.Type, Value: value}
	switch x := value.(type) {
	case bool:
		v.Text, v.TextEN = "否", "No"
		if x {
			v.Text, v.TextEN = "是", "Yes"
		}
	case float64:
		v.Text = strconv.FormatFloat(x, 'f', -1, 64)
		v.TextEN = v.Text
	case string:
		v.Text, v.TextEN = seal.MaskFreeText(x), seal.MaskFreeText(x)
		if o, ok := d.option(x); ok {
			v.Text, v.TextEN = o.Label, o.LabelEN
		} else {
			v.Value = v.Text
		}
	}
	return v
}
