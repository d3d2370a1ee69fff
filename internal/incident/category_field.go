package incident

import (
	"slices"
	"strconv"
	"strings"

	"gezhi/internal/kit/fault"
)

// Limits of what a category may ask.
const (
	maxFields  = 30
	maxOptions = 40
)

// FieldTypes are the kinds of answer that a category may ask for.
var FieldTypes = []string{"text", "number", "choice", "bool", "date"}

// Field is one thing that a category asks beside the words of a report: the number of a lift, the plate of a car. Its
// name stays for ever, so that answers given under it keep their label.
type Field struct {
	Name      string        `json:"name" doc:"code under which the answer is kept; the same name in another category means the same"`
	Label     string        `json:"label"`
	LabelEN   string        `json:"label_en"`
	Type      string        `json:"type" doc:"text, number, choice, bool or date"`
	Options   []FieldOption `json:"options,omitempty" doc:"of a choice"`
	Hint      string        `json:"hint,omitempty"`
	HintEN    string        `json:"hint_en,omitempty"`
	Wanted    bool          `json:"wanted" doc:"asked again while it is missing; never a reason to refuse a report"`
	Residents bool          `json:"residents" doc:"residents are asked too, and see their answer in the letter"`
	Retired   bool          `json:"retired,omitempty" doc:"not asked any more; answers that were given stay shown"`
}

// FieldOption is one answer to a choice.
type FieldOption struct {
	Value   string `json:"value"`
	Label   string `json:"label"`
	LabelEN string `json:"label_en"`
	Retired bool   `json:"retired,omitempty" doc:"not offered any more"`
}

// option returns the option with a value.
func (d Field) option(value string) (FieldOption, bool) {
	i := slices.IndexFunc(d.Options, func(o FieldOption) bool { return o.Value == value })
	if i < 0 {
		return FieldOption{}, false
	}
	return d.Options[i], true
}

// Fields returns what a category asks, with what it inherits: what stands above comes first, and where two have one
// name the lower one holds. Retired fields are among them.
func (c *Categories) Fields(code string) []Field {
	var chain [][]Field
	for n := 0; code != "" && n < len(c.list); n++ {
		k := c.byCode[code]
		chain = append(chain, k.Fields)
		code = k.Parent
	}
	all := []Field{}
	for _, fields := range slices.Backward(chain) {
		for _, d := range fields {
			if i := slices.IndexFunc(all, func(a Field) bool { return a.Name == d.Name }); i >= 0 {
				all[i] = d
			} else {
				all = append(all, d)
			}
		}
	}
	return all
}

// field finds what an answer was given to: a field of the category, or, after the category changed, the first one of
// this name anywhere.
func (c *Categories) field(code, name string) (Field, bool) {
	named := func(d Field) bool { return d.Name == name }
	own := c.Fields(code)
	if i := slices.IndexFunc(own, named); i >= 0 {
		return own[i], true
	}
	for _, k := range c.list {
		if i := slices.IndexFunc(k.Fields, named); i >= 0 {
			return k.Fields[i], true
		}
	}
	return Field{}, false
}

// ownFields copies fields, so that changing them does not reach who else holds them.
func ownFields(fields []Field) []Field {
	own := slices.Clone(fields)
	for n := range own {
		own[n].Options = slices.Clone(own[n].Options)
	}
	return own
}

// checkFields notes what is wrong with the fields of a category as an administrator gave them.
func checkFields(f *fault.Fields, fields []Field) {
	if len(fields) > maxFields {
		f.Add("fields", "field.too_many", "max", maxFields)
		return
	}
	seen := map[string]bool{}
	for n := range fields {
		d := &fields[n]
		at := "fields[" + strconv.Itoa(n) + "]."
		d.Name = fault.CheckText(f, at+"name", d.Name, true, 40)
		d.Label = fault.CheckText(f, at+"label", d.Label, true, 40)
		d.LabelEN = fault.CheckText(f, at+"label_en", d.LabelEN, true, 80)
		d.Hint = fault.CheckText(f, at+"hint", d.Hint, false, 200)
		d.HintEN = fault.CheckText(f, at+"hint_en", d.HintEN, false, 300)
		if strings.Trim(d.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			f.Add(at+"name", "field.pattern", "pattern", "a-z 0-9 _")
		}
		if seen[d.Name] {
			f.Add(at+"name", "category.field_twice")
		}
		seen[d.Name] = true
		checkChoice(f, at+"type", d.Type, FieldTypes)
		d.checkOptions(f, at)
	}
}

func (d *Field) checkOptions(f *fault.Fields, at string) {
	if d.Type != "choice" {
		d.Options = nil
		return
	}
	if len(d.Options) > maxOptions {
		f.Add(at+"options", "field.too_many", "max", maxOptions)
		return
	}
	seen, offered := map[string]bool{}, 0
	for n := range d.Options {
		o := &d.Options[n]
		in := at + "options[" + strconv.Itoa(n) + "]."
		o.Value = fault.CheckText(f, in+"value", o.Value, true, 40)
		o.Label = fault.CheckText(f, in+"label", o.Label, true, 40)
		o.LabelEN = fault.CheckText(f, in+"label_en", o.LabelEN, true, 80)
		if seen[o.Value] {
			f.Add(in+"value", "category.field_twice")
		}
		seen[o.Value] = true
		if !o.Retired {
			offered++
		}
	}
	if offered < 2 {
		f.Add(at+"options", "category.options")
	}
}

// keepRetired adds to new fields those that are left out of them, as retired, and likewise the options of a choice: no
// answer loses its label. A field cannot become another type under the same name.
func keepRetired(f *fault.Fields, before, fields []Field) []Field {
	for _, old := range before {
		i := slices.IndexFunc(fields, func(d Field) bool { return d.Name == old.Name })
		if i < 0 {
			old.Retired = true
			fields = append(fields, old)
			continue
		}
		d := &fields[i]
		if d.Type != old.Type {
			f.Add("fields["+strconv.Itoa(i)+"].type", "category.field_type")
		}
		for _, o := range old.Options {
			if _, ok := d.option(o.Value); !ok && d.Type == "choice" {
				o.Retired = true
				d.Options = append(d.Options, o)
			}
		}
	}
	return fields
}
