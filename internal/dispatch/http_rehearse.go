package dispatch

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

func rehearseRoutes(api *web.API, h handlers) {
	r := route(http.MethodPost, "/test", "testRules", "What rules would have done with the last 1,000 incidents; changes nothing", perm.RuleManage)
	r.NoKeep = true
	web.Register(api, r, h.rehearse)
}

// DraftRule is a rule as it might be.
type DraftRule struct {
	ID string `json:"id,omitempty" doc:"of the kept rule in whose place it stands"`
	RuleFields
	Active bool `json:"active,omitempty"`
}

func (d DraftRule) rule() Rule {
	r := d.RuleFields.rule()
	r.ID, r.Active = d.ID, d.Active
	return r
}

type rehearseIn struct {
	Body struct {
		Rules []DraftRule `json:"rules,omitempty" maxItems:"500" doc:"all rules in their order; the kept ones when it is missing"`
		Rule  *DraftRule  `json:"rule,omitempty" doc:"one rule, among the kept ones; counts as switched on"`
	}
}

type rehearseOut struct{ Body rehearsal }

type rehearsal struct {
	Cases       int          `json:"cases"`
	From        int64        `json:"from" doc:"unix ms, of the earliest; 0 when there are none"`
	To          int64        `json:"to"`
	Same        int          `json:"same"`
	Different   int          `json:"different"`
	Unrouted    int          `json:"unrouted" doc:"fitted no rule"`
	Units       []unitShare  `json:"units" nullable:"false"`
	Rules       []ruleShare  `json:"rules" nullable:"false"`
	Differences []difference `json:"differences" nullable:"false" doc:"newest first, at most 200"`
}

type unitShare struct {
	Unit  ruleUnit `json:"unit" doc:"without an id: nobody"`
	Was   int      `json:"was"`
	Would int      `json:"would"`
}

type ruleShare struct {
	RuleID string `json:"rule_id"`
	Rule   string `json:"rule"`
	Active bool   `json:"active"`
	Fits   int    `json:"fits" doc:"incidents whose conditions it meets"`
	Chosen int    `json:"chosen" doc:"incidents of which it would have decided"`
}

type difference struct {
	Incident string     `json:"incident"`
	Number   string     `json:"number"`
	At       int64      `json:"at"`
	Category string     `json:"category"`
	Severity string     `json:"severity"`
	Area     string     `json:"area,omitempty" doc:"name of the deepest area"`
	Was      ruleUnit   `json:"was"`
	Would    ruleUnit   `json:"would" doc:"without an id: nobody"`
	RuleID   string     `json:"rule_id,omitempty"`
	Reason   ruleReason `json:"reason"`
}

func (h handlers) rehearse(ctx context.Context, in *rehearseIn) (*rehearseOut, error) {
	var list []Rule
	if in.Body.Rules != nil {
		list = []Rule{}
	}
	for _, d := range in.Body.Rules {
		list = append(list, d.rule())
	}
	var one *Rule
	if in.Body.Rule != nil {
		r := in.Body.Rule.rule()
		one = &r
	}
	r, err := h.s.Rehearse(ctx, web.Actor(ctx), list, one)
	if err != nil {
		return nil, err
	}
	out := rehearsal{Cases: r.Cases, From: r.From, To: r.To, Same: r.Same, Different: r.Different, Unrouted: r.Unrouted,
		Units: []unitShare{}, Rules: []ruleShare{}, Differences: []difference{}}
	named := func(u Unit) ruleUnit { return ruleUnit{u.ID, u.Name} }
	for _, u := range r.Units {
		out.Units = append(out.Units, unitShare{named(u.Unit), u.Was, u.Would})
	}
	for _, one := range r.Rules {
		out.Rules = append(out.Rules, ruleShare(one))
	}
	for _, d := range r.Differences {
		area := ""
		if n := len(d.Path); n > 0 {
			area = d.Path[n-1].Name
		}
		out.Differences = append(out.Differences, difference{d.ID, d.Number, d.At, d.Category, d.Severity, area, named(d.Was), named(d.Would),
			d.Decision.RuleID, ruleReason(d.Decision.Reason)})
	}
	return &rehearseOut{out}, nil
}
