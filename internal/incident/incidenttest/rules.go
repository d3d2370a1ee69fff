package incidenttest

import (
	"slices"
	"strings"

	"gezhi/internal/incident"
)

// Rules is a dispatcher with a few rules: smoke goes to the police at once, rubbish into the pool of urban management,
// street lights straight to its officer, and everything else to the station of its community, a call for help at once.
type Rules struct {
	// Resting are units of whom nobody is on duty.
	Resting []string
}

// Propose decides by category first, then by place.
func (Rules) Propose(s incident.Situation) incident.Proposal {
	because := func(code string) incident.Reason { return incident.Reason{Code: code} }
	switch {
	case s.Category == "environment.smoke":
		return incident.Proposal{RuleID: "auto", UnitID: Police, Automatic: true, Reason: because("rule.category")}
	case strings.HasPrefix(s.Category, "environment.rubbish"):
		return incident.Proposal{RuleID: "pool", UnitID: Urban, Pool: true, Reason: because("rule.category")}
	case s.Category == "environment.light":
		return incident.Proposal{RuleID: "person", UnitID: Urban, PersonID: "department", Reason: because("rule.category")}
	}
	for _, a := range s.Path {
		help := s.Category == "worker_help"
		switch a.ID {
		case Community1:
			return incident.Proposal{RuleID: "place", UnitID: Station, Automatic: help, Reason: because("rule.station")}
		case Community2:
			return incident.Proposal{RuleID: "place", UnitID: Station2, Reason: because("rule.station")}
		}
	}
	return incident.Proposal{Reason: because("no_rule"), General: true}
}

// Hinders holds what was returned and who rests against a unit.
func (r Rules) Hinders(s incident.Situation, unit string) string {
	switch {
	case slices.Contains(s.Avoid, unit):
		return "passed.returned"
	case slices.Contains(r.Resting, unit):
		return "passed.off_duty"
	}
	return ""
}
