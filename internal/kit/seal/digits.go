package seal

import "strings"

// digitGroup is a run of digits in a text, read as ASCII whatever their width.
type digitGroup struct {
	start, end int    // runes
	digits     string // with a closing X where the text has one
	gap        string // what stands between this group and the next one of its chain
	masked     bool   // what an earlier masking left over
}

// gapRunes may stand between the digits of one number.
const gapRunes = " \u00a0\u3000-－‐‑‒–—−.．)）"

const (
	maxGap = 3
	// minStars is the shortest row of stars that a mask makes; bold text has fewer.
	minStars = 4
	// maxRemainder is the longest group that a mask leaves beside its stars (0086138).
	maxRemainder = 7
)

// digitChains cuts a text into chains of digit groups that could belong together.
func digitChains(text []rune) [][]digitGroup {
	var chains [][]digitGroup
	var chain []digitGroup
	for i := 0; i < len(text); {
		if digitOf(text[i]) == 0 {
			i++
			continue
		}
		g := readGroup(text, i)
		next := g.end
		for next < len(text) && next-g.end <= maxGap && strings.ContainsRune(gapRunes, text[next]) {
			next++
		}
		joined := next < len(text) && next-g.end <= maxGap && digitOf(text[next]) != 0
		if joined {
			g.gap = string(text[g.end:next])
		}
		chain = append(chain, g)
		if !joined {
			chains = append(chains, chain)
			chain = nil
		}
		i = next
	}
	return chains
}

func readGroup(text []rune, start int) digitGroup {
	g := digitGroup{start: start, end: start}
	var digits strings.Builder
	for g.end < len(text) && digitOf(text[g.end]) != 0 {
		digits.WriteByte(digitOf(text[g.end]))
		g.end++
	}
	if g.end < len(text) && isX(text[g.end]) && (g.end+1 == len(text) || !isWord(text[g.end+1])) {
		digits.WriteByte('X')
		g.end++
	}
	g.digits = digits.String()
	g.masked = len(g.digits) <= maxRemainder && (starsBefore(text, g.start) || starsAfter(text, g.end))
	return g
}

func starsBefore(text []rune, at int) bool {
	for n := 0; n < maxGap && at > 0 && strings.ContainsRune(gapRunes, text[at-1]); n++ {
		at--
	}
	return at >= minStars && string(text[at-minStars:at]) == stars(minStars)
}

func starsAfter(text []rune, at int) bool {
	for n := 0; n < maxGap && at < len(text) && strings.ContainsRune(gapRunes, text[at]); n++ {
		at++
	}
	return at+minStars <= len(text) && string(text[at:at+minStars]) == stars(minStars)
}

// digitOf returns the ASCII digit that r stands for, or 0.
func digitOf(r rune) byte {
	switch {
	case r >= '0' && r <= '9':
		return byte(r)
	case r >= '０' && r <= '９':
		return byte(r-'０') + '0'
	}
	return 0
}

func isX(r rune) bool { return r == 'x' || r == 'X' || r == 'ｘ' || r == 'Ｘ' }

func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || digitOf(r) != 0
}
