package fault

import (
	"strings"
	"unicode/utf8"
)

// CheckText notes what is wrong with a text: required, longer than max characters, not UTF-8, or holding a NUL or
// another control character (line breaks and tabs are allowed). It returns the text without surrounding white space.
func CheckText(f *Fields, field, text string, required bool, max int) string {
	if !utf8.ValidString(text) {
		f.Add(field, "field.utf8")
		return ""
	}
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			f.Add(field, "field.control")
			return ""
		}
	}
	text = strings.TrimSpace(text)
	if text == "" && required {
		f.Add(field, "field.required")
	}
	if utf8.RuneCountInString(text) > max {
		f.Add(field, "field.too_long", "max", max)
	}
	return text
}
