package incident

import (
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// detailsField is the ask whose value holds the answers to what the category asks.
const detailsField = "details"

// knowsDetails holds for whoever may find out what is missing: who triages, who has an order of it in hand, and who
// brought it.
func knowsDetails(a authz.Actor, i *Incident) bool {
	if a.Machine || a.Scope(perm.IncidentTriage).Covers(i.Target()) || a.AccountID != "" && a.AccountID == i.Source {
		return true
	}
	scope := a.Scope(perm.IncidentHandle)
	for _, o := range i.Orders {
		if o.Active() && scope.Covers(workTarget(Held{i, o})) {
			return true
		}
	}
	return false
}

// detail puts in what was found out later. The timeline says it in words, as they are called now.
func (c *change) detail() error {
	fields := c.Categories().Fields(c.inc.Category)
	if len(fields) == 0 {
		return fault.New(fault.Conflict, "detail.none")
	}
	given, _ := c.given[detailsField].(map[string]any)
	if len(given) == 0 {
		return invalid(detailsField, "field.required")
	}
	var f fault.Fields
	answers := c.Categories().checkDetails(&f, c.inc.Category, given, false)
	if err := f.Err(); err != nil {
		return err
	}
	before := c.inc.Details
	c.inc.Details = before.with(answers)
	delete(c.body, detailsField)
	var zh, en []string
	for _, field := range fields {
		now, is := c.inc.Details[field.Name]
		old, was := before[field.Name]
		switch {
		case is && (!was || now != old):
			v := field.show(now)
			zh, en = append(zh, v.Label+"："+v.Text), append(en, v.LabelEN+": "+v.TextEN)
		case was && !is:
			zh, en = append(zh, field.Label+"：—"), append(en, field.LabelEN+": —")
		}
	}
	if len(zh) == 0 {
		return invalid(detailsField, "detail.same")
	}
	c.body["said"], c.body["said_en"] = strings.Join(zh, "；"), strings.Join(en, "; ")
	return nil
}

// asksDetails tells whether there is anything to fill in.
func (s *Service) asksDetails(i *Incident) bool {
	for _, d := range s.Categories().Fields(i.Category) {
		if !d.Retired {
			return true
		}
	}
	return false
}

// detailMove lets what was missing be told at any time while work goes on.
var detailMove = flow.Move[State, *Incident]{Do: "detail", From: openStates, Need: perm.IncidentNote, If: knowsDetails, Why: "detail.of_another",
	Asks: []flow.Ask{{Name: detailsField, Type: flow.Record, Required: true}}}
