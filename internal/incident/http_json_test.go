package incident

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/jsontext"
)

// Every field of what is written without reflection stands there as encoding/json would write it: a field that is
// added to a view and forgotten here shows.
func TestPagesAreWrittenAsTheStandardWritesThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := IncidentsOutBody{}
		fill(t, reflect.ValueOf(&page).Elem(), 0)
		want, err := json.Marshal(page)
		if err != nil {
			t.Fatal(err)
		}
		var w jsontext.Writer
		page.AppendJSON(&w)
		if string(want) != string(w.Bytes) {
			t.Fatalf("want %s\ngot  %s", want, w.Bytes)
		}
	})
}

var text = rapid.OneOf(rapid.Just(""), rapid.SampledFrom([]string{"路灯坏了", `a "quoted" <b>&`, "x\n\t"}))

// fill puts something into every field, or nothing, as chance has it.
func fill(t *rapid.T, v reflect.Value, depth int) {
	some := func(name string) bool { return rapid.Bool().Draw(t, name) }
	switch v.Kind() {
	case reflect.String:
		v.SetString(text.Draw(t, "text"))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(rapid.IntRange(-1, 2).Draw(t, "number")))
	case reflect.Bool:
		v.SetBool(some("flag"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(-180, 180).Draw(t, "float"))
	case reflect.Pointer:
		if some("there") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem(), depth)
		}
	case reflect.Slice:
		if !some("nil") {
			n := rapid.IntRange(0, 2).Draw(t, "length")
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(t, v.Index(i), depth+1)
			}
		}
	case reflect.Map:
		if some("map") {
			v.Set(reflect.ValueOf(map[string]string{"k": text.Draw(t, "value")}))
		}
	case reflect.Interface:
		if some("any") {
			v.Set(reflect.ValueOf(rapid.OneOf(rapid.Just[any]("proposed"), rapid.Just[any](true)).Draw(t, "value")))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(t, v.Field(i), depth+1)
			}
		}
	}
}

var _ = []jsontext.Appender{View{}, IncidentsOutBody{}, flow.Ask{}}
