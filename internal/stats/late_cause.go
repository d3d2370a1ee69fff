package stats

import (
	"cmp"
	"slices"
)

// Causes lists why something may be late, in the order in which it would have happened. Each is read off the incident
// itself, and one incident may have several:
//
//   - waited_for_dispatch: the limit for sending somebody, or for verifying, ran out
//   - nobody_on_duty: an order went out although nobody of those meant was on duty
//   - waited_for_person: an order was not taken in its limit
//   - no_arrival: nobody was there in the limit
//   - returned: an order was given back
//   - reassigned: more than one order led without one being given back
//   - paused: it stands still now
//   - extension_used: it was over although more time had been granted
//   - long_handling: the handling itself, or a word about it, took longer than its limit
//   - reworked: what was handled did not pass the check
//   - waited_for_check, waited_for_answer: the centre took longer than its limit
//   - reopened: it was closed before
var Causes = []string{"waited_for_dispatch", "nobody_on_duty", "waited_for_person", "no_arrival", "returned", "reassigned", "paused", "extension_used",
	"long_handling", "reworked", "waited_for_check", "waited_for_answer", "reopened"}

// stageCauses says what it means when the limit of a stage ran out.
var stageCauses = map[string]string{"dispatch": "waited_for_dispatch", "verify": "waited_for_dispatch", "accept_order": "waited_for_person",
	"arrive": "no_arrival", "report_in": "no_arrival", "handle": "long_handling", "progress": "long_handling", "check": "waited_for_check", "answer": "waited_for_answer"}

func (c *lateCase) causes() []string {
	m := c.matter
	has := map[string]bool{"returned": m.Returned > 0, "reworked": m.Reworked > 0, "reopened": m.Reopened > 0, "paused": m.Paused, "extension_used": m.Extended > 0}
	for _, k := range c.stages {
		has[stageCauses[k.Stage]] = true
	}
	for _, o := range m.Orders {
		has["nobody_on_duty"] = has["nobody_on_duty"] || o.Nobody
	}
	has["reassigned"] = len(m.Orders) > 1 && m.Returned == 0
	list := []string{}
	for _, cause := range Causes {
		if has[cause] {
			list = append(list, cause)
		}
	}
	return list
}

// sumUp counts late incidents by stage, unit, area, category and cause.
func (s *Service) sumUp(out *LateReport, late []lateCase, p *plan) {
	stages, causes := map[string]*LateStage{}, map[string]int64{}
	units, areas, categories := map[string]int64{}, map[string]int64{}, map[string]int64{}
	p.By = "area"
	depth := slices.Index(levels, s.levelOf(p))
	for _, c := range late {
		for _, k := range c.stages {
			if stages[k.Stage] == nil {
				stages[k.Stage] = &LateStage{Stage: k.Stage}
			}
			stages[k.Stage].Count++
			stages[k.Stage].MsOver += k.over
		}
		for _, cause := range c.causes() {
			causes[cause]++
		}
		units[c.fact.Unit]++
		categories[c.fact.Category]++
		areas[c.fact.Levels[max(0, depth)]]++
	}
	out.ByStage, out.Causes, out.Items = []LateStage{}, []CauseCount{}, []LateItem{}
	for _, stage := range stages {
		out.ByStage = append(out.ByStage, *stage)
	}
	slices.SortFunc(out.ByStage, func(a, b LateStage) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Stage, b.Stage)) })
	for cause, n := range causes {
		out.Causes = append(out.Causes, CauseCount{cause, n})
	}
	slices.SortFunc(out.Causes, func(a, b CauseCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Cause, b.Cause)) })
	out.ByUnit = lateCounts(units, s.Names.Unit)
	out.ByCategory = lateCounts(categories, func(code string) string { zh, _ := s.Names.Category(code); return zh })
	out.ByArea = lateCounts(areas, func(id string) string {
		if path := s.Places.Path(id); len(path) > 0 {
			return path[len(path)-1].Name
		}
		return ""
	})
}

func lateCounts(counts map[string]int64, name func(id string) string) []LateCount {
	list := []LateCount{}
	for id, n := range counts {
		list = append(list, LateCount{id, name(id), n})
	}
	slices.SortFunc(list, func(a, b LateCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	return list
}
