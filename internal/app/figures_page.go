package app

import (
	"fmt"
	"strings"

	"gezhi/internal/kit/words"
	"gezhi/internal/stats"
	site "gezhi/web"
)

// figuresPage writes what is counted and of what the figures are made, from the lists in code and the words that the
// screens show.
func figuresPage() (string, error) {
	catalog, err := words.Load(site.Words())
	if err != nil {
		return "", err
	}
	say := func(lang, key string) string { return catalog.Say(lang, "kpi."+key, nil) }
	var b strings.Builder
	b.WriteString(figuresHead)
	b.WriteString("| code | 名称 | name | formula | better | formula from |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, k := range stats.KPIs {
		base := "`" + k.Base + "`"
		for _, less := range k.Less {
			base += " − `" + less + "`"
		}
		if len(k.Less) > 0 {
			base = "(" + base + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` ÷ %s | %s | %s |\n", k.Code, say("zh-CN", "name."+k.Code), say("en", "name."+k.Code), k.Measure, base, k.Better, k.Source)
	}
	b.WriteString("\n## Measures\n| name | 名称 | counts | on the day of |\n| --- | --- | --- | --- |\n")
	for _, m := range stats.Measures {
		day := "receipt"
		if m.Day != "" {
			day = "the event"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", m.Name, say("zh-CN", "measure."+m.Name), say("en", "counts."+m.Name), day)
	}
	b.WriteString("\n## Why it was late\n`GET /api/v1/figures/late` names for each late incident what of this was so:\n\n")
	for _, cause := range stats.Causes {
		fmt.Fprintf(&b, "- `%s`: %s\n", cause, say("en", "cause."+cause))
	}
	return b.String(), nil
}

const figuresHead = `# Figures

What is counted, of what the figures are made, and how they stay right. The tables below are written from ` + "`internal/stats`" + ` and the words of the screens (` + "`make generate`" + `); what stands in them is what the program does.

- A **measure** is a number that every incident contributes to: 0 or 1, or milliseconds. It is counted on the day of receipt, in the office's zone, as the incident stands now (by cohort). Only what begins with ` + "`on_`" + ` is counted on the day of the event.
- A **KPI** is a measure over a base. A base of nothing gives null, shown as "none" (无), not 0 and not 100 %. What is deferred leaves the base of closing and handling.
- "In time" is what the clocks say: a limit that an extension moved before it ran out counts as moved, a pause does not count. Where nobody had set a limit, sending counts against one minute and arriving against five; handling and closing without a limit count as in time. On walls the five minutes are shown of those incidents for which no longer limit holds.
- An incident counts **where it was filed**: in the areas as they were then, also when one of them was redrawn, moved or ended since. It counts for the unit and person who have the lead order, or had it last.
- A department sees what its units lead. What a person holds or reported elsewhere is no figure of theirs.
- Times are by the clock on the wall, nights and holidays included. Percentiles are exact: the smallest time that so many in a hundred did not exceed. They are read from the single incidents, without being asked for up to 10,000, with ` + "`percentiles=true`" + ` up to 200,000; beyond that there are none.
- Running sums know one dimension at a time (area, unit, person, category or channel, the last four by street). What combines several, or divides an area below the street by one, is counted from up to 200,000 single incidents, and refused with ` + "`figures.too_many`" + ` beyond that. Measures by the day of an event are then left out (` + "`events`" + ` is false).
- ` + "`compare=previous`" + ` is the period right before: whole months before whole months, else as many days. ` + "`year`" + ` is the same dates a year before. Rows of times are compared in their order, the third day with the third.
- Every answer carries the position in the feed to which the figures have come. ` + "`gezhi verify --stats`" + ` counts everything anew at that position, beside a running server: every sum from the facts, and every fact from its incident.

Sources: names and the formulas of the closing rates are published; the tests hold published figures to them (93.72 %, 75.82 %, 98.11 %, 90.0 %); "ours" marks a published name of which no formula is, so the formula is this program's.

## KPIs
`
