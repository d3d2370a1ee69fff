package flow

import (
	"fmt"
	"strings"
)

// Mermaid returns the state diagram of the table in Mermaid's language.
func (t *Table[S, T]) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	fmt.Fprintf(&b, "    [*] --> %s: %s\n", t.Start.To, t.Start.Do)
	type pair struct{ from, to S }
	labels := map[pair][]string{}
	var order []pair
	for _, m := range t.Moves {
		if m.To == "" {
			continue
		}
		for _, from := range m.From {
			p := pair{from, m.To}
			if labels[p] == nil {
				order = append(order, p)
			}
			labels[p] = append(labels[p], m.Do)
		}
	}
	for _, p := range order {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", p.from, p.to, strings.Join(labels[p], ", "))
	}
	for _, s := range t.States {
		if s.Phase != Open {
			fmt.Fprintf(&b, "    %s --> [*]\n", s.Name)
		}
	}
	return b.String()
}

// Markdown returns the table itself as a Markdown table, a row an action.
func (t *Table[S, T]) Markdown() string {
	var b strings.Builder
	b.WriteString("| action | from | to | permission | asks for | guard | then | clocks |\n|---|---|---|---|---|---|---|---|\n")
	for _, m := range append([]Move[S, T]{t.Start}, t.Moves...) {
		from := make([]string, len(m.From))
		for i, s := range m.From {
			from[i] = string(s)
		}
		asks := make([]string, len(m.Asks))
		for i, a := range m.Asks {
			asks[i] = a.Name
			if a.Required {
				asks[i] = "**" + a.Name + "**"
			}
		}
		need := string(m.Need)
		if m.Auto {
			need = "(follows another move)"
			if m.By != "" {
				need = "(" + m.By + ")"
			}
		}
		to := string(m.To)
		if to == "" {
			to = "stays"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", m.Do, strings.Join(from, ", "), to, need, strings.Join(asks, ", "), strings.Join(m.reasons(), ", "), m.Drive, m.clocks())
	}
	return b.String()
}

// reasons lists the codes of all guards.
func (m *Move[S, T]) reasons() []string {
	var list []string
	if m.Why != "" {
		list = append(list, m.Why)
	}
	for _, g := range m.Also {
		list = append(list, g.Why)
	}
	return list
}

// clocks says which clock stages begin (+) and end (-).
func (m *Move[S, T]) clocks() string {
	var list []string
	for _, stage := range m.Stops {
		list = append(list, "-"+stage)
	}
	for _, stage := range m.Starts {
		list = append(list, "+"+stage)
	}
	return strings.Join(list, ", ")
}
