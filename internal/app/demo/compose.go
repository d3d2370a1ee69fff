package demo

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// compose writes a report as people do: what it is, often with a detail, sometimes with how it came to be known and
// what is asked for. The title is what it is, without the rest.
func (b *book) compose(rng *rand.Rand, m *matter, w words, channel string, at spot) (title, text string) {
	core := fill(rng, w.text, at)
	parts := []string{core}
	if w.kind != "" { // who asks, suggests or tips off comes to the point
		if chance(rng, 50) {
			parts = append(parts, b.phrase(rng, "ask_"+w.kind))
		}
		return headline(core), strings.Join(parts, "")
	}
	details := rng.Perm(len(m.details))
	n := pick(rng, []int{0, 1, 1, 1, 2})
	long := chance(rng, 3)
	if long {
		n = len(details)
	}
	for _, i := range details[:min(n, len(details))] {
		parts = append(parts, fill(rng, m.details[i], at))
	}
	if by := b.phrases["opening_"+channel]; len(by) > 0 && (long || chance(rng, 35)) {
		parts = append([]string{fill(rng, pick(rng, by), at)}, parts...)
	}
	if by := b.phrases["plea_"+channel]; len(by) > 0 && (long || chance(rng, 55)) {
		parts = append(parts, fill(rng, pick(rng, by), at))
	}
	if long {
		parts = append(parts, b.phrase(rng, "history"))
	}
	return headline(core), strings.Join(parts, "")
}

// headline is the first sentence of what it is about, or its first words.
func headline(core string) string {
	if cut := strings.IndexAny(core, "。！？；"); cut > 0 {
		core = core[:cut]
	}
	if utf8.RuneCountInString(core) <= 28 {
		return core
	}
	if cut := strings.Index(core, "，"); cut > 0 && utf8.RuneCountInString(core[:cut]) >= 8 {
		core = core[:cut]
	}
	if utf8.RuneCountInString(core) > 28 {
		core = string([]rune(core)[:27]) + "…"
	}
	return core
}

// outcome writes what came of the work: what was done, and often how it stands now.
func (b *book) outcome(rng *rand.Rand, m *matter, report string, at spot) string {
	done := fill(rng, m.ending(rng, report), at)
	if chance(rng, 30) {
		done = fill(rng, b.phrase(rng, "arrived"), at) + done
	}
	if chance(rng, 60) {
		done += fill(rng, b.phrase(rng, "then"), at)
	}
	return done
}

// answer tells the reporter what a unit did.
func (b *book) answer(rng *rand.Rand, unit, result string) string {
	if result != "" && !strings.HasSuffix(result, "。") {
		result += "。"
	}
	return b.phrase(rng, "hello") + strings.NewReplacer("{单位}", unit, "{结果}", result).Replace(b.phrase(rng, "answer")) + b.phrase(rng, "goodbye")
}

// answered answers what was only asked or suggested.
func (b *book) answered(rng *rand.Rand, kind string) string {
	return b.phrase(rng, "hello") + b.phrase(rng, "answer_"+kind) + b.phrase(rng, "goodbye")
}
