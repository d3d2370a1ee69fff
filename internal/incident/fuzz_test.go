package incident

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
)

// FuzzCursor holds that a cursor is refused or is exactly what a list would give out for its place.
func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "!", cursor{1772409600000, id.Derive("a")}.String(), cursor{-1, id.Derive("b")}.String(), "MSD_", "IA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parseCursor(s)
		if err != nil || c == nil {
			return
		}
		if !id.Valid(c.id) {
			t.Fatalf("%q leads to %q", s, c.id)
		}
		again, err := parseCursor(c.String())
		if err != nil || *again != *c {
			t.Fatalf("%q reads as %v, written %q", s, c, c.String())
		}
	})
}

// FuzzBox holds that a rectangle is refused or upright and within the earth.
func FuzzBox(f *testing.F) {
	for _, s := range []string{"104,30,105,31", "", ",,,", "NaN,0,0,0", "1e400,0,0,0", "-180,-90,180,90", "5,5,1,1", " 1 , 2 ,3,4", "0x1p3,0,9,9", "+Inf,0,0,0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, ok := ParseBox(s)
		if ok && !(b.West >= -180 && b.West <= b.East && b.East <= 180 && b.South >= -180 && b.South <= b.North && b.North <= 180) {
			t.Fatalf("%q gives %+v", s, b)
		}
	})
}

// FuzzPhoneDigits holds that the digits of a number are digits, and the same however it was written.
func FuzzPhoneDigits(f *testing.F) {
	for _, s := range []string{"13800001234", "+86 138-0000-1234", "１３８", "86", "8613800001234", "(028) 8888 8888 转 12", "\xff1", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := PhoneDigits(s)
		if strings.Trim(d, "0123456789") != "" {
			t.Fatalf("%q gives %q", s, d)
		}
		if PhoneDigits(strings.Join(strings.Split(d, ""), " ")) != PhoneDigits(d) {
			t.Fatalf("%q: spaces change %q", s, d)
		}
		if len(d) == 11 && PhoneDigits("+86"+d) != d {
			t.Fatalf("%q: the country code changes %q", s, d)
		}
	})
}

// FuzzTitle holds that a title is short, whole text on one line, and the beginning of what was written.
func FuzzTitle(f *testing.F) {
	for _, s := range []string{"", "。", "楼下太吵。请处理", "a\nb\tc", strings.Repeat("长", 100), " ！？ 路灯坏了", "\xff\xfe", "…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // refused before
		}
		title := titleOf(s)
		if !utf8.ValidString(title) || utf8.RuneCountInString(title) > 40 || strings.ContainsAny(title, "\n\r\t") {
			t.Fatalf("%q gives %q", s, title)
		}
		if !strings.HasPrefix(strings.Join(strings.Fields(s), " "), strings.TrimSuffix(title, "…")) {
			t.Fatalf("%q does not begin with %q", s, title)
		}
		if strings.TrimSpace(s) != "" && title == "" {
			t.Fatalf("%q has no title", s)
		}
	})
}

// FuzzActionBody holds that any body is refused with reasons or leaves only the asked fields, in their types.
func FuzzActionBody(f *testing.F) {
	for _, s := range []string{`{}`, `null`, `[]`, `{"version":1}`, `{"version":"1","order":7}`, `{"version":null,"order":null}`, `{"reason":"x"}`,
		`{"lon":1e999}`, `{"lon":-0,"lat":0}`, `{"files":["a"],"text":"\u0000"}`, `{"text":"\ud800"}`, `{"order":"x","order":3}`, `{"satisfaction":9007199254740993}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		in := &actionIn{ID: id.Derive("x"), Do: "note", RawBody: body}
		a, err := in.action(t.Context())
		if err != nil {
			return
		}
		if !json.Valid(body) {
			t.Fatalf("%q was taken", body)
		}
		for _, name := range []string{"order", "version"} {
			if _, left := a.Fields[name]; left {
				t.Fatalf("%q leaves %s among the fields", body, name)
			}
		}
		for n := range Flow.Moves {
			given, err := flow.Parse(Flow.Moves[n].Asks, a.Fields)
			if err != nil {
				continue
			}
			raw, err := json.Marshal(given)
			if err != nil || !utf8.Valid(raw) || bytes.Contains(raw, []byte(`\u0000`)) {
				t.Fatalf("%q becomes %q: %v", body, raw, err)
			}
		}
	})
}
