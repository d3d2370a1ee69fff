package dispatch

import (
	"context"

	"gezhi/internal/kit/web"
)

type previewIn struct{ Body ruleQuestion }

type ruleQuestion struct {
	Category string   `json:"category,omitempty"`
	Kind     string   `json:"kind,omitempty"`
	Severity string   `json:"severity,omitempty"`
	Channel  string   `json:"channel,omitempty"`
	Lon      *float64 `json:"lon,omitempty"`
	Lat      *float64 `json:"lat,omitempty"`
	Datum    string   `json:"datum,omitempty" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
	Area     string   `json:"area,omitempty" doc:"id of an area, in place of a position"`
	At       int64    `json:"at,omitempty" doc:"unix ms; the present when it is missing"`
}

type previewOut struct{ Body rulePreview }

type rulePreview struct {
	RuleID    string      `json:"rule_id,omitempty" doc:"empty for the fallback"`
	Unit      *ruleUnit   `json:"unit,omitempty" doc:"missing when nobody would get it"`
	PersonID  string      `json:"person_id,omitempty"`
	Pool      bool        `json:"pool"`
	Automatic bool        `json:"automatic"`
	Reason    ruleReason  `json:"reason"`
	Placed    bool        `json:"placed" doc:"whether the place is known"`
	Path      []ruleArea  `json:"path" nullable:"false"`
	Inform    []ruleCopy  `json:"inform" nullable:"false" doc:"who would be told beside"`
	Tried     []ruleTrial `json:"tried" nullable:"false" doc:"every rule until one was chosen"`
}

type ruleUnit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type ruleCopy struct {
	Unit string `json:"unit,omitempty" doc:"name of the unit"`
	Why  string `json:"why"`
}

type ruleReason struct {
	Code   string            `json:"code,omitempty"`
	Params map[string]string `json:"params,omitempty"`
}

type ruleArea struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Name  string `json:"name"`
	Level string `json:"level"`
}

type ruleTrial struct {
	RuleID  string  `json:"rule_id"`
	Rule    string  `json:"rule" doc:"name of the rule"`
	Outcome Outcome `json:"outcome" enum:"mismatch,passed,chosen"`
	Why     string  `json:"why,omitempty" doc:"the condition that was not met, or the code of what was missing"`
}

func (h handlers) preview(ctx context.Context, in *previewIn) (*previewOut, error) {
	b := in.Body
	p, err := h.s.Preview(web.Actor(ctx), Question{Category: b.Category, Kind: b.Kind, Severity: b.Severity, Channel: b.Channel,
		Lon: b.Lon, Lat: b.Lat, Datum: b.Datum, Area: b.Area, At: b.At})
	if err != nil {
		return nil, err
	}
	d := p.Decision
	out := rulePreview{RuleID: d.RuleID, PersonID: d.PersonID, Pool: d.Pool, Automatic: d.Automatic, Reason: ruleReason(d.Reason),
		Placed: p.Placed, Path: []ruleArea{}, Tried: []ruleTrial{}, Inform: []ruleCopy{}}
	for _, a := range p.Path {
		out.Path = append(out.Path, ruleArea{a.ID, a.Code, a.Name, a.Level})
	}
	for _, t := range p.Tried {
		out.Tried = append(out.Tried, ruleTrial(t))
	}
	for _, c := range d.Inform {
		u, _ := h.s.Directory.Unit(c.UnitID)
		out.Inform = append(out.Inform, ruleCopy{u.Name, c.Why})
	}
	if d.UnitID != "" {
		out.Unit = &ruleUnit{p.Unit.ID, p.Unit.Name}
	}
	return &previewOut{out}, nil
}
