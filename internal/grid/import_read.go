package grid

import (
	"encoding/json"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// item is an area as a file names it.
type item struct {
	code, name, kind string
	level            Level
	parent           string    // code; empty: the file names none
	file             geo.Shape // in the file's datum; empty: no boundary
	stored           geo.Shape // WGS-84
	at               string    // where it stands, e.g. "features[3]."
	keepName         bool      // the name in the store is as good
}

// maxFieldFaults bounds the field errors of one import: past them the file has to be made again anyway.
const maxFieldFaults = 200

// readItems takes the areas out of the features and notes what is wrong with each by itself.
func readItems(f *fault.Fields, features []geo.Feature, o ImportOptions, datum geo.Datum) []item {
	seen := map[levelCode]bool{}
	items := make([]item, 0, len(features))
	for i, feature := range features {
		if len(*f) > maxFieldFaults {
			break
		}
		at := "features[" + itoa(i) + "]."
		it := item{at: at, level: o.Level, kind: o.Kind, file: feature.Shape}
		it.code = property(feature, o.CodeField, "code", "adcode", "id")
		if it.code == "" && o.CodeField == "" {
			it.code = feature.ID
		}
		it.name = property(feature, o.NameField, "name")
		it.parent = property(feature, o.ParentField, "parent", "parent_code")
		if kind := property(feature, o.KindField, "kind"); kind != "" {
			it.kind = kind
		}
		if it.level == "" {
			it.level = Level(strings.ToLower(property(feature, o.LevelField, "level")))
		}
		a := checkArea(f, at, Area{Code: it.code, Name: it.name, Level: it.level})
		it.code, it.name = a.Code, a.Name
		if k := (levelCode{it.level, it.code}); seen[k] {
			f.Add(at+"code", "import.code_twice", "code", it.code)
		} else {
			seen[k] = true
		}
		stored, err := feature.Shape.ToWGS84(datum)
		if err != nil {
			f.Add(at+"geometry", positionCode(err))
		}
		it.stored = stored.Normalise()
		items = append(items, it)
	}
	return items
}

// property returns a property as text: the given one, or without one the first of the usual names that is there.
func property(f geo.Feature, given string, usual ...string) string {
	if given != "" {
		usual = []string{given}
	}
	for _, name := range usual {
		if text := textOf(f.Properties[name]); text != "" {
			return text
		}
	}
	return ""
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case map[string]any: // public boundary files name a parent as {"adcode": 510100}
		for _, name := range []string{"code", "adcode", "id"} {
			if text := textOf(v[name]); text != "" {
				return text
			}
		}
	}
	return ""
}
