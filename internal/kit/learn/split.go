package learn

import "slices"

// fold is which part of the rows is kept aside to measure a model: one in five.
const fold = 5

// split tells which rows are kept aside. It depends on the texts alone, so a table that grows keeps its split. Rows
// that are nearly the same are on one side, or the measure would reward a model for knowing rows by heart.
func split(rows []Example) (aside []bool) {
	parent := make([]int, len(rows))
	for i := range parent {
		parent[i] = i
	}
	var root func(i int) int
	root = func(i int) int {
		if parent[i] != i {
			parent[i] = root(parent[i])
		}
		return parent[i]
	}
	first := map[uint64]int{}
	marks := make([][]uint64, len(rows))
	each(len(rows), func(i int) { marks[i] = likeness(rows[i].Texts) })
	for i, m := range marks {
		for _, k := range m {
			j, seen := first[k]
			if !seen {
				first[k] = i
				continue
			}
			parent[root(i)] = root(j)
		}
	}
	least := map[int]uint64{}
	for i, m := range marks {
		k, seen := least[root(i)]
		if low := slices.Min(m); !seen || low < k {
			least[root(i)] = low
		}
	}
	aside = make([]bool, len(rows))
	for i := range rows {
		aside[i] = least[root(i)]>>9%fold == 0
	}
	return aside
}

// likeness returns marks of the longest text: texts that share most of their runs of eight signs most likely share a
// mark (min-hashes, in bands of two), and so do texts with the same first forty signs.
func likeness(texts []string) []uint64 {
	var longest []rune
	for _, t := range texts {
		r := slices.DeleteFunc(plain(t), func(r rune) bool { return r == gap })
		if len(r) > len(longest) {
			longest = r
		}
	}
	const run, hashes, start = 8, 8, 40
	head := uint64(offset)
	for _, r := range longest[:min(start, len(longest))] {
		head = mix(head, r)
	}
	marks := []uint64{head}
	if len(longest) < run {
		return marks
	}
	var low [hashes]uint64
	for h := range low {
		low[h] = ^uint64(0)
	}
	for i := 0; i+run <= len(longest); i++ {
		k := uint64(offset)
		for _, r := range longest[i : i+run] {
			k = mix(k, r)
		}
		for h := range low {
			k = mix(k, rune(h+1))
			low[h] = min(low[h], k)
		}
	}
	for h := 0; h < hashes; h += 2 {
		marks = append(marks, low[h]^low[h+1]<<1)
	}
	return marks
}
