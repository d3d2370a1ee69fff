package people

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// Post gives an account a role, in a unit or over an area or both, for a period.
type Post struct {
	ID        string
	AccountID string
	Role      string
	UnitID    string // '' for none
	AreaID    string // '' for everything
	From      int64  // unix ms, inclusive
	To        int64  // unix ms, exclusive; 0 for no end
	CreatedAt int64  // unix ms
}

// Holds tells whether the post is held at an instant (unix ms).
func (p Post) Holds(at int64) bool { return p.From <= at && (p.To == 0 || at < p.To) }

// overlaps tells whether two posts are held at some common instant.
func (p Post) overlaps(o Post) bool {
	return (p.To == 0 || o.From < p.To) && (o.To == 0 || p.From < o.To)
}

// checkPlace notes a post without the place that its role's reach asks for, or with one that it has no use for.
func (p Post) checkPlace(f *fault.Fields, reach authz.Reach) {
	switch reach {
	case authz.ReachUnit:
		if p.UnitID == "" {
			f.Add("unit", "field.required")
		}
	case authz.ReachBoth:
		if p.UnitID == "" && p.AreaID == "" {
			f.Add("area", "post.place_required")
		}
	case authz.ReachNone:
		if p.UnitID != "" {
			f.Add("unit", "post.no_place")
		}
		if p.AreaID != "" {
			f.Add("area", "post.no_place")
		}
	}
	if p.To != 0 && p.To <= p.From {
		f.Add("to", "post.period")
	}
}

// checkAgainst refuses a post that repeats one of the account's or would give it administrations that must stay apart.
func (p Post) checkAgainst(others []Post, roles map[string]Role, oneAdmin bool) error {
	for _, o := range others {
		if p.overlaps(o) && o.Role == p.Role && o.UnitID == p.UnitID && o.AreaID == p.AreaID {
			return fault.New(fault.Conflict, "post.duplicate")
		}
	}
	if held := mixedWith(p, others, roles, oneAdmin); held != nil {
		return fault.New(fault.Conflict, "post.mixed_administration", "administrations", held)
	}
	return nil
}

// mixedWith returns the administrations that the post brings together, by itself or with one held at the same time,
// though they must stay apart; nil when there are none.
func mixedWith(p Post, others []Post, roles map[string]Role, oneAdmin bool) []Administration {
	own := roles[p.Role].Permissions
	if held := Administrations(own); Mixes(held, oneAdmin) {
		return held
	}
	for _, o := range others {
		if !p.overlaps(o) {
			continue
		}
		if held := Administrations(slices.Concat(own, roles[o.Role].Permissions)); Mixes(held, oneAdmin) {
			return held
		}
	}
	return nil
}
