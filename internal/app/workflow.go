package app

import (
	"fmt"
	"slices"
	"strings"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// workflowPage describes the workflow of incidents and orders: diagrams, tables, and which role holds what.
func workflowPage() string {
	var b strings.Builder
	b.WriteString("# The workflow of an incident\n\nMade by `make generate` from `internal/incident/flow.go`; do not edit by hand.\n\n")
	b.WriteString("## Incident\n\n```mermaid\n" + incident.Flow.Mermaid() + "```\n\n" + incident.Flow.Markdown())
	b.WriteString("\n## Order\n\nThe lead order drives the incident: *then* names the move of the incident that follows.\n\n```mermaid\n")
	b.WriteString(incident.OrderFlow.Mermaid() + "```\n\n" + incident.OrderFlow.Markdown())
	b.WriteString("\n## Who may\n\nRoles are data; this is how a new store begins. Every permission holds only where the role reaches.\n\n")
	var needs []authz.Permission
	add := func(p authz.Permission) {
		if p != "" && !slices.Contains(needs, p) {
			needs = append(needs, p)
		}
	}
	add(incident.Flow.Start.Need)
	for _, m := range incident.Flow.Moves {
		add(m.Need)
	}
	for _, m := range incident.OrderFlow.Moves {
		add(m.Need)
	}
	b.WriteString("| role | reach |")
	for _, p := range needs {
		fmt.Fprintf(&b, " %s |", p)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(needs)) + "\n")
	for _, r := range people.SeedRoles() {
		fmt.Fprintf(&b, "| %s %s | %s |", r.Code, r.NameZh, r.Reach)
		for _, p := range needs {
			mark := ""
			if slices.Contains(r.Permissions, p) {
				mark = "●"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteString("\n")
	}
	return b.String()
}
