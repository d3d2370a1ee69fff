// Package flow holds a workflow as one typed table. Each row is an action: from which states, to which state, who may,
// what must be given, under what guard. The check, the buttons on the screens, the permission matrix, the diagram in
// the docs and the SQL CHECK derive from the table, and nothing else writes a state.
package flow

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// Phase says what a state means for clocks and figures.
type Phase int

// The phases.
const (
	Open  Phase = iota // work goes on
	Done               // ended as it should
	Ended              // ended without being done
)

// State is a state with its phase. The order of a table's states is the order in which they are shown.
type State[S ~string] struct {
	Name  S
	Phase Phase
}

// Move is one row of a table.
type Move[S ~string, T any] struct {
	Do     string
	From   []S
	To     S                // empty: the state stays
	Need   authz.Permission // whoever holds it in a scope that covers the item
	Over   func(T) authz.Target
	If     func(authz.Actor, T) bool
	Why    string     // code of the refusal when If says no
	Also   []Guard[T] // further guards, asked after If
	Asks   []Ask
	Auto   bool     // driven by another move, never offered to a person
	By     string   // of an Auto move that no other drives: who takes it, in words
	Drive  string   // the move of the neighbouring table that follows when this one happens to a lead
	Starts []string // clock stages that begin
	Stops  []string // clock stages that end
	Safe   bool     // adds only: it never fails because somebody else was faster (notes)
}

// Guard is a condition beside state, permission and place, with the code of its refusal.
type Guard[T any] struct {
	If  func(authz.Actor, T) bool
	Why string
}

// Table is a workflow. S is the type of its states, T what it is about.
type Table[S ~string, T any] struct {
	Name   string
	Start  Move[S, T] // how an item comes to be; its To is the first state
	States []State[S]
	Moves  []Move[S, T]
	State  func(T) S
	Over   func(T) authz.Target // what a scope must cover, unless the move says otherwise
}

// In lists states, for the From of a move.
func In[S ~string](states ...S) []S { return states }

// Offer is an action that the actor can take now, with what it asks for.
type Offer struct {
	Do   string `json:"do"`
	Asks []Ask  `json:"asks"`
}

// Available returns what the actor can do with the item now, in the order of the table.
func (t *Table[S, T]) Available(actor authz.Actor, item T) []Offer {
	return t.For(actor).Available(item)
}

// Reach is a table as one actor sees it: the moves that they may ever take, and where.
type Reach[S ~string, T any] struct {
	table *Table[S, T]
	actor authz.Actor
	moves []within[S, T]
}

type within[S ~string, T any] struct {
	*Move[S, T]
	scope authz.Scope
}

// For prepares a table for an actor, for whom many items are to be shown.
func (t *Table[S, T]) For(actor authz.Actor) Reach[S, T] {
	r := Reach[S, T]{table: t, actor: actor}
	scopes := map[authz.Permission]authz.Scope{}
	for i := range t.Moves {
		m := &t.Moves[i]
		if m.Auto || !actor.Can(m.Need) {
			continue
		}
		scope, known := scopes[m.Need]
		if !known {
			scope = actor.Scope(m.Need)
			scopes[m.Need] = scope
		}
		r.moves = append(r.moves, within[S, T]{m, scope})
	}
	return r
}

// Available returns what the actor can do with the item now, in the order of the table.
func (r Reach[S, T]) Available(item T) []Offer {
	var offers []Offer
	var target *authz.Target // what most moves must cover
	state := r.table.State(item)
	for _, m := range r.moves {
		if !slices.Contains(m.From, state) {
			continue
		}
		if !m.scope.All && m.Over == nil && target == nil {
			own := r.table.Over(item)
			target = &own
		}
		covered := m.scope.All || m.Over == nil && m.scope.Covers(*target) || m.Over != nil && m.scope.Covers(m.Over(item))
		if covered && m.refusal(r.actor, item) == "" {
			offers = append(offers, Offer{Do: m.Do, Asks: m.Asks})
		}
	}
	return offers
}

// over is what the scope for a move must cover.
func (t *Table[S, T]) over(m *Move[S, T]) func(T) authz.Target {
	if m.Over != nil {
		return m.Over
	}
	return t.Over
}

// Find returns the row for an action of a person on the item, or the fault that says why there is none: not_found for
// an action that does not exist, forbidden for one the actor may not take, action.state for one that the state does
// not allow, or the guard's own code.
func (t *Table[S, T]) Find(actor authz.Actor, item T, do string) (*Move[S, T], error) {
	m, err := t.row(item, do)
	if m != nil && m.Auto {
		return nil, fault.Missing("action")
	}
	if m == nil {
		known := t.named(do)
		switch {
		case known != nil && known.Auto:
			return nil, fault.Missing("action")
		case known != nil && t.permitted(actor, item, known) != nil:
			return nil, fault.New(fault.Forbidden, "forbidden")
		}
		return nil, err
	}
	if err := t.verdict(actor, item, m); err != nil {
		return nil, err
	}
	return m, nil
}

// Driven returns the row for a move that another move drives.
func (t *Table[S, T]) Driven(item T, do string) (*Move[S, T], error) { return t.row(item, do) }

// Next returns the state after a move.
func (t *Table[S, T]) Next(item T, m *Move[S, T]) S {
	if m.To == "" {
		return t.State(item)
	}
	return m.To
}

// Phase returns the phase of a state.
func (t *Table[S, T]) Phase(s S) Phase {
	for _, st := range t.States {
		if st.Name == s {
			return st.Phase
		}
	}
	return Ended
}

// InPhase lists the states of a phase, in the order of the table.
func (t *Table[S, T]) InPhase(p Phase) []S {
	var states []S
	for _, st := range t.States {
		if st.Phase == p {
			states = append(states, st.Name)
		}
	}
	return states
}

func (t *Table[S, T]) row(item T, do string) (*Move[S, T], error) {
	known := false
	state := t.State(item)
	for i := range t.Moves {
		m := &t.Moves[i]
		if m.Do != do {
			continue
		}
		known = true
		if slices.Contains(m.From, state) {
			return m, nil
		}
	}
	if !known {
		return nil, fault.Missing("action")
	}
	return nil, fault.New(fault.Conflict, "action.state", "do", do, "state", string(state))
}

func (t *Table[S, T]) named(do string) *Move[S, T] {
	for i := range t.Moves {
		if t.Moves[i].Do == do {
			return &t.Moves[i]
		}
	}
	return nil
}

func (t *Table[S, T]) permitted(actor authz.Actor, item T, m *Move[S, T]) error {
	if !actor.Can(m.Need) || !actor.Scope(m.Need).Covers(t.over(m)(item)) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}

// verdict is the one place that decides whether an actor may take a move.
func (t *Table[S, T]) verdict(actor authz.Actor, item T, m *Move[S, T]) error {
	if err := t.permitted(actor, item, m); err != nil {
		return err
	}
	if why := m.refusal(actor, item); why != "" {
		return fault.New(fault.Conflict, why, "do", m.Do)
	}
	return nil
}

// refusal returns the code of the first guard that says no, ” when none does.
func (m *Move[S, T]) refusal(actor authz.Actor, item T) string {
	if m.If != nil && !m.If(actor, item) {
		return m.Why
	}
	for _, g := range m.Also {
		if !g.If(actor, item) {
			return g.Why
		}
	}
	return ""
}
