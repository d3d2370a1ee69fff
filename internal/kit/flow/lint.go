package flow

import (
	"fmt"
	"slices"
)

// Lint returns what is wrong with a table: states that do not exist, cannot be reached or cannot be left, actions
// without a permission or offered twice in one state, guards without a reason, asks without a type.
func (t *Table[S, T]) Lint() []string {
	var bad []string
	say := func(format string, args ...any) { bad = append(bad, t.Name+": "+fmt.Sprintf(format, args...)) }
	known := map[S]Phase{}
	for _, s := range t.States {
		if _, twice := known[s.Name]; twice {
			say("state %q stands twice", s.Name)
		}
		known[s.Name] = s.Phase
	}
	offered := map[string]bool{}
	for _, m := range append([]Move[S, T]{t.Start}, t.Moves...) {
		if m.Do == "" {
			say("a move has no name")
		}
		if _, ok := known[m.To]; m.To != "" && !ok {
			say("%s leads to the unknown state %q", m.Do, m.To)
		}
		if !m.Auto && m.Need == "" {
			say("%s asks for no permission", m.Do)
		}
		if (m.If == nil) != (m.Why == "") {
			say("%s has a guard without a reason or a reason without a guard", m.Do)
		}
		for _, g := range m.Also {
			if m.If == nil || g.If == nil || g.Why == "" {
				say("%s has a further guard without a first one, a condition or a reason", m.Do)
			}
		}
		for _, s := range m.From {
			if _, ok := known[s]; !ok {
				say("%s starts from the unknown state %q", m.Do, s)
			}
			key := m.Do + " " + string(s)
			if offered[key] {
				say("%s stands twice for the state %q", m.Do, s)
			}
			offered[key] = true
		}
		for i, a := range m.Asks {
			if a.Name == "" || a.Type == "" || slices.ContainsFunc(m.Asks[:i], func(b Ask) bool { return b.Name == a.Name }) {
				say("%s has an ask without name or type, or twice the same: %q", m.Do, a.Name)
			}
		}
	}
	reached := t.reachable()
	for _, s := range t.States {
		if !reached[s.Name] {
			say("state %q cannot be reached", s.Name)
		}
		if s.Phase == Open && !t.leaves(s.Name) {
			say("state %q cannot be left", s.Name)
		}
	}
	return bad
}

func (t *Table[S, T]) reachable() map[S]bool {
	reached := map[S]bool{t.Start.To: true}
	for grew := true; grew; {
		grew = false
		for _, m := range t.Moves {
			if m.To == "" || reached[m.To] || !slices.ContainsFunc(m.From, func(s S) bool { return reached[s] }) {
				continue
			}
			reached[m.To], grew = true, true
		}
	}
	return reached
}

func (t *Table[S, T]) leaves(s S) bool {
	return slices.ContainsFunc(t.Moves, func(m Move[S, T]) bool { return m.To != "" && m.To != s && slices.Contains(m.From, s) })
}
