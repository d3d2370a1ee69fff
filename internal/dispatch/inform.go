package dispatch

import (
	"slices"

	"gezhi/internal/kit/fault"
)

// gridHead informs the head of the grid.
const gridHead = "grid_head"

// Informed lists who can be told of a matter beside whoever gets it, in the order in which a form offers them.
var Informed = []string{gridHead, string(Station), string(Community), string(Centre), string(Command)}

// inform returns who is told of a matter beside the target, each once; whoever cannot be found is left out.
func (r *Rule) inform(s *Situation, f *Force, t target) []Copy {
	var out []Copy
	for _, who := range r.Inform {
		c := Copy{Why: "inform." + who}
		ok := false
		switch Target(who) {
		case gridHead:
			var head Worker
			head, ok = f.HeadOf(s.walked())
			c.UnitID, c.PersonID = head.UnitID, head.PersonID
		case Station, Community, Centre, Command:
			rule := Rule{Target: Target(who)}
			var missing string
			c.UnitID, _, _, missing = rule.look(s, f)
			ok = missing == ""
		}
		u, known := f.Unit(c.UnitID)
		switch {
		case !ok, c.PersonID == "" && !(known && u.Open):
			continue
		case c.PersonID == "" && c.UnitID == t.unit.ID, c.PersonID != "" && c.PersonID == t.person:
			continue // has the matter itself
		case slices.ContainsFunc(out, func(o Copy) bool { return o.UnitID == c.UnitID && o.PersonID == c.PersonID }):
			continue
		}
		out = append(out, c)
	}
	return out
}

// checkInform notes who cannot be told, and keeps the others in a fixed order.
func (r *Rule) checkInform(f *fault.Fields) {
	for _, who := range r.Inform {
		if !slices.Contains(Informed, who) {
			f.Add("inform", "field.choice", "choices", Informed)
			return
		}
	}
	kept := []string{}
	for _, who := range Informed {
		if slices.Contains(r.Inform, who) {
			kept = append(kept, who)
		}
	}
	r.Inform = kept
}
