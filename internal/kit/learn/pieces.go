package learn

import (
	"slices"
	"unicode"
)

// plain brings a text to one form: full-width signs become half-width, capitals small, every number a single 0; space
// disappears, since in Chinese it means nothing, except behind Latin letters, and every other run of signs becomes one gap.
func plain(text string) []rune {
	out := make([]rune, 0, len(text)/3+1)
	put := func(r rune, once bool) {
		if !once || len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	for _, r := range text {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case unicode.IsDigit(r):
			put('0', true)
		case unicode.IsLetter(r):
			put(unicode.ToLower(r), false)
		case !unicode.IsSpace(r) || len(out) > 0 && unicode.Is(unicode.Latin, out[len(out)-1]):
			put(gap, true)
		}
	}
	return out
}

const gap = ' '

// pieces returns the runs of one to most signs without a gap, each as a number, sorted and as often as they occur.
// Runs in different spaces have different numbers.
func pieces(out []uint64, space byte, text []rune, most int) []uint64 {
	for i := range text {
		h := mix(offset, rune(space))
		for n := 0; n < most && i+n < len(text) && text[i+n] != gap; n++ {
			h = mix(h, text[i+n])
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return out
}

// mix goes one sign on in a hash of the kind of FNV-1a, with its upper bits brought down.
func mix(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)) * 1099511628211
	return h ^ h>>29
}

const offset = 14695981039346656037
