package jsontext

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What is written is what encoding/json writes, whatever stands in it.
func TestItWritesWhatTheStandardWrites(t *testing.T) {
	type thing struct {
		S    string   `json:"s"`
		O    string   `json:"o,omitempty"`
		N    int64    `json:"n"`
		M    int64    `json:"m,omitempty"`
		B    bool     `json:"b"`
		F    *float64 `json:"f"`
		List []string `json:"list"`
		Any  any      `json:"any"`
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "路灯", "<&>\"\\\n\x7f\x00", "\u2028\u2029", "a\xffb"}))
		v := thing{S: text.Draw(t, "s"), O: text.Draw(t, "o"), N: rapid.Int64().Draw(t, "n"), M: rapid.Int64Range(-1, 1).Draw(t, "m"), B: rapid.Bool().Draw(t, "b"),
			Any: map[string]string{"k": text.Draw(t, "any")}}
		if rapid.Bool().Draw(t, "has") {
			f := rapid.Float64().Draw(t, "f")
			if !math.IsInf(f, 0) && !math.IsNaN(f) {
				v.F = &f
			}
		}
		if rapid.Bool().Draw(t, "list") {
			v.List = rapid.SliceOf(text).Draw(t, "texts")
		}
		var w Writer
		w.Open('{')
		w.Text("s", v.S)
		w.SomeText("o", v.O)
		w.Number("n", v.N)
		w.SomeNumber("m", v.M)
		w.Flag("b", v.B)
		w.Key("f")
		w.Float(v.F)
		w.Key("list")
		List(&w, v.List, (*Writer).String)
		w.Key("any")
		w.Value(v.Any)
		w.Close('}')
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != string(w.Bytes) {
			t.Fatalf("want %s\ngot  %s", want, w.Bytes)
		}
	})
}

func TestNestedListsHaveTheirCommas(t *testing.T) {
	var w Writer
	List(&w, [][]string{{"a", "b"}, {}, nil, {"c"}}, func(w *Writer, inner []string) { List(w, inner, (*Writer).String) })
	require.Equal(t, `[["a","b"],[],null,["c"]]`, string(w.Bytes))
}
