// Package jsontext writes JSON without reflection, for the few answers that are long and asked for all the time. What
// it writes is byte for byte what encoding/json writes.
package jsontext

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Appender is what can write itself. The HTTP glue uses it instead of reflection. A body that embeds one needs an
// AppendJSON of its own.
type Appender interface {
	AppendJSON(w *Writer)
}

// Writer collects JSON. Inside an object every value follows its Key; commas come by themselves.
type Writer struct {
	Bytes []byte
	more  bool // a comma is needed before the next key or element
}

// Open begins an object with '{' or an array with '['.
func (w *Writer) Open(bracket byte) {
	w.comma()
	w.Bytes = append(w.Bytes, bracket)
	w.more = false
}

// Close ends an object with '}' or an array with ']'.
func (w *Writer) Close(bracket byte) {
	w.Bytes = append(w.Bytes, bracket)
	w.more = true
}

// Key begins a member. The name must need no escapes.
func (w *Writer) Key(name string) {
	w.comma()
	w.Bytes = append(w.Bytes, '"')
	w.Bytes = append(w.Bytes, name...)
	w.Bytes = append(w.Bytes, '"', ':')
	w.more = false
}

func (w *Writer) comma() {
	if w.more {
		w.Bytes = append(w.Bytes, ',')
	}
	w.more = true
}

// String writes a text.
func (w *Writer) String(s string) {
	w.comma()
	if !plain(s) {
		w.Bytes = append(w.Bytes, quoted(s)...)
		return
	}
	w.Bytes = append(w.Bytes, '"')
	w.Bytes = append(w.Bytes, s...)
	w.Bytes = append(w.Bytes, '"')
}

// plain tells whether a text stands in JSON as it is.
func plain(s string) bool {
	ascii := true
	for i := range len(s) {
		if escaped[s[i]] {
			return false
		}
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	return ascii || utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
}

// escaped are the bytes that never stand in a text as they are.
var escaped = func() (set [256]bool) {
	for c := range ' ' {
		set[c] = true
	}
	for _, c := range []byte(`"\<>&`) {
		set[c] = true
	}
	return set
}()

func quoted(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic("jsontext: a text cannot fail: " + err.Error())
	}
	return b
}

// Int writes a whole number.
func (w *Writer) Int(n int64) {
	w.comma()
	w.Bytes = strconv.AppendInt(w.Bytes, n, 10)
}

// Bool writes true or false.
func (w *Writer) Bool(yes bool) {
	w.comma()
	w.Bytes = strconv.AppendBool(w.Bytes, yes)
}

// Null writes null.
func (w *Writer) Null() {
	w.comma()
	w.Bytes = append(w.Bytes, "null"...)
}

// Float writes a finite number, or null for nil.
func (w *Writer) Float(f *float64) {
	if f == nil {
		w.Null()
		return
	}
	if size := math.Abs(*f); size != 0 && (size < 1e-6 || size >= 1e21) {
		w.Value(*f)
		return
	}
	w.comma()
	w.Bytes = strconv.AppendFloat(w.Bytes, *f, 'f', -1, 64)
}

// Raw writes what is JSON already.
func (w *Writer) Raw(b []byte) {
	w.comma()
	w.Bytes = append(w.Bytes, b...)
}

// Value writes anything else by reflection. What cannot be written becomes null.
func (w *Writer) Value(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		w.Null()
		return
	}
	w.comma()
	w.Bytes = append(w.Bytes, b...)
}

// Text writes a member with a text.
func (w *Writer) Text(name, s string) {
	w.Key(name)
	w.String(s)
}

// Number writes a member with a whole number.
func (w *Writer) Number(name string, n int64) {
	w.Key(name)
	w.Int(n)
}

// Flag writes a member with true or false.
func (w *Writer) Flag(name string, yes bool) {
	w.Key(name)
	w.Bool(yes)
}

// SomeText writes a member unless the text is empty, as omitempty does.
func (w *Writer) SomeText(name, s string) {
	if s != "" {
		w.Text(name, s)
	}
}

// SomeNumber writes a member unless the number is 0, as omitempty does.
func (w *Writer) SomeNumber(name string, n int64) {
	if n != 0 {
		w.Number(name, n)
	}
}

// List writes an array, null for a nil one.
func List[T any](w *Writer, list []T, each func(*Writer, T)) {
	if list == nil {
		w.Null()
		return
	}
	w.Open('[')
	for _, v := range list {
		each(w, v)
	}
	w.Close(']')
}
