package sheet

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// fold turns full-width letters, digits and signs into plain ones and trims.
func fold(s string) string { return trim(width.Narrow.String(s)) }

// trim removes spaces of every width and marks that are not seen.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u3000' || r == '\ufeff' || r >= '\u200b' && r <= '\u200f'
	})
}

// large is a whole number in the scientific form in which a long one may be stored.
var large = regexp.MustCompile(`^[1-9](\.[0-9]+)?[eE]\+?([0-9]{2})$`)

// whole is a whole number that was stored with a fraction of zero.
var whole = regexp.MustCompile(`^[0-9]+\.0+$`)

// normal returns a cell's text in the form in which its column is used.
func normal(kind Kind, s string) string {
	if kind != Code {
		return trim(s)
	}
	s = fold(s)
	switch {
	case large.MatchString(s):
		if n, _, err := big.ParseFloat(s, 10, 200, big.ToNearestEven); err == nil && n.IsInt() {
			return n.Text('f', 0)
		}
	case whole.MatchString(s):
		return s[:strings.IndexByte(s, '.')]
	}
	return s
}

// dates are the forms in which people write days, after fold and with one separator.
var dates = []string{"2006-1-2", "2006-1-2 15:04", "2006-1-2 15:04:05", "20060102"}

// ParseTime reads a cell as a time in the office's zone: the number that a date cell holds, or a date as text such as
// 2026-01-02, 2026/1/2, 2026年1月2日 or 20260102, with or without a time of day.
func ParseTime(s string) (time.Time, bool) {
	s = fold(s)
	text := strings.NewReplacer("年", "-", "月", "-", "日", " ", "/", "-", ".", "-", "T", " ").Replace(s)
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range dates {
		if t, err := time.ParseInLocation(form, text, time.Local); err == nil && t.Year() > 1900 && t.Year() < 2200 {
			return t, true
		}
	}
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || !(days >= 61 && days <= 109_000) { // 1900-03-01 to 2198, and no NaN
		return time.Time{}, false
	}
	wall := epoch.Add(time.Duration(days*86_400+.5) * time.Second)
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, time.Local), true
}

// ParseBool reads a yes or no in both languages; ok is false for anything else, an empty cell too.
func ParseBool(s string) (yes, ok bool) {
	switch strings.ToLower(fold(s)) {
	case "是", "y", "yes", "true", "1", "有", "√":
		return true, true
	case "否", "n", "no", "false", "0", "无", "×":
		return false, true
	}
	return false, false
}
