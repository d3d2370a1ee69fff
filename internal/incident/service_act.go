package incident

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// Action is what somebody does with an incident.
type Action struct {
	Do      string
	Order   string // which order; may be left out when only one comes into question
	Version *int64 // the version that the person saw; a state move on a stale one is refused
	Fields  map[string]json.RawMessage
	Repeat  Repeat
}

// errReplay undoes a transaction whose request was done before.
var errReplay = errors.New("incident: this request was done before")

// Act carries out an action and returns the incident as it is then. The faults: not_found for an incident outside the
// actor's scope or an unknown action, forbidden, action.state and incident.stale with the incident as it is now, the
// guard's code, or all field errors at once. The same request again changes nothing and succeeds.
func (s *Service) Act(ctx context.Context, actor authz.Actor, incident string, a Action) (*Incident, error) {
	if !id.Valid(incident) {
		return nil, fault.Missing("incident")
	}
	if err := s.claimNamed(ctx, actor, incident, a); err != nil {
		return nil, err
	}
	into, err := s.targetOf(ctx, actor, a)
	if err != nil {
		return nil, err
	}
	var inc *Incident
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if inc, err = s.touch(ctx, tx, incident); err != nil {
			return err
		}
		if err := replayed(ctx, tx, incident, a.Repeat); err != nil {
			return err
		}
		if !s.sees(actor, inc) {
			return fault.Missing("incident")
		}
		c := &change{Service: s, actor: actor, inc: inc, at: s.Clock.Now().UnixMilli(), repeat: a.Repeat, into: into}
		placed := inc.Placed
		if err := c.do(a); err != nil {
			return err
		}
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		if err := c.write(ctx, tx); err != nil || placed || !inc.Placed || inc.State != Flow.Start.To {
			return err
		}
		return s.sendPlaced(ctx, tx, inc, c.at)
	})
	if errors.Is(err, errReplay) {
		return s.again(ctx, actor, incident, a.Repeat)
	}
	if err != nil {
		return nil, s.withCurrent(ctx, actor, incident, err)
	}
	s.remember(inc)
	s.wakeAll(inc)
	return inc, nil
}

// sendPlaced sends an incident whose place was just found out where a rule says that it goes at once.
func (s *Service) sendPlaced(ctx context.Context, tx db.Tx, inc *Incident, at int64) error {
	next, err := s.sendAtOnce(ctx, tx, inc, at)
	if err != nil || next == nil {
		return err
	}
	if err := save(ctx, tx, inc); err != nil {
		return err
	}
	return next.write(ctx, tx)
}

// fileFields are the fields of actions that name files, as the tables have them.
var fileFields = func() []string {
	names := []string{flow.FilesField}
	add := func(asks []flow.Ask) {
		for _, a := range asks {
			if a.Type == flow.Files && !slices.Contains(names, a.Name) {
				names = append(names, a.Name)
			}
		}
	}
	for _, m := range Flow.Moves {
		add(m.Asks)
	}
	for _, m := range OrderFlow.Moves {
		add(m.Asks)
	}
	return names
}()

// claimNamed binds the files of an action to the incident before the incident's own transaction, because a file is an
// aggregate of its own. A file bound to an action that then fails can be used again with the same incident.
func (s *Service) claimNamed(ctx context.Context, actor authz.Actor, incident string, a Action) error {
	var files []string
	for _, name := range fileFields {
		var named []string
		if json.Unmarshal(a.Fields[name], &named) == nil { // else Parse says what is wrong
			files = append(files, named...)
		}
	}
	if len(files) == 0 {
		return nil
	}
	if len(files) > maxFiles {
		return invalid(flow.FilesField, "field.too_many")
	}
	inc, err := load(ctx, s.DB.Read(), incident)
	if err != nil || !s.sees(actor, inc) {
		return fault.Missing("incident")
	}
	return s.claimFiles(ctx, actor, incident, files)
}

func replayed(ctx context.Context, tx db.Tx, incident string, r Repeat) error {
	if r.ID == "" {
		return nil
	}
	done, err := requestOf(ctx, tx, incident, r.ID)
	if err != nil || done == nil {
		return err
	}
	if done.digest != r.Digest {
		return fault.New(fault.Conflict, "request.key_reused")
	}
	return errReplay
}

// again answers a request that was done before. When it took the incident out of the actor's sight (an order given
// back), they are told no more than they knew then: what was reported, and the state in which they left it.
func (s *Service) again(ctx context.Context, actor authz.Actor, incident string, r Repeat) (*Incident, error) {
	inc, err := load(ctx, s.DB.Read(), incident)
	if err != nil || s.sees(actor, inc) {
		return inc, err
	}
	done, err := requestOf(ctx, s.DB.Read(), incident, r.ID)
	if err != nil || done == nil {
		return nil, errors.Join(err, fault.Missing("incident"))
	}
	return &Incident{ID: inc.ID, Number: inc.Number, State: State(done.state), Kind: inc.Kind, Channel: inc.Channel, Category: inc.Category,
		Severity: inc.Severity, Title: inc.Title, Text: inc.Text, Address: inc.Address, Placed: inc.Placed, OccurredAt: inc.OccurredAt,
		ReceivedAt: inc.ReceivedAt, EntryAt: done.at, EntrySeq: done.seq}, nil
}

// do finds the row of the table and carries it out.
func (c *change) do(a Action) error {
	onOrder := slices.ContainsFunc(OrderFlow.Moves, func(m flow.Move[OrderState, Held]) bool { return m.Do == a.Do && !m.Auto })
	if onOrder {
		return c.doOrder(a)
	}
	m, err := Flow.Find(c.actor, c.inc, a.Do)
	if err != nil {
		return err
	}
	if err := c.current(a, m.Safe); err != nil {
		return err
	}
	given, err := flow.Parse(m.Asks, a.Fields)
	if err != nil {
		return err
	}
	return c.apply(m, given)
}

func (c *change) doOrder(a Action) error {
	held, err := c.choose(a)
	if err != nil {
		return err
	}
	m, err := OrderFlow.Find(c.actor, held, a.Do)
	if err != nil {
		return err
	}
	if err := c.current(a, m.Safe); err != nil {
		return err
	}
	given, err := flow.Parse(m.Asks, a.Fields)
	if err != nil {
		return err
	}
	c.order = held.Order
	return c.applyOrder(m, given)
}

// choose finds the order that an action means: the named one, or the one with which the actor can do it now, or the
// newest of theirs, for the sake of a refusal that says why.
func (c *change) choose(a Action) (Held, error) {
	if a.Order != "" {
		if o := c.inc.Order(a.Order); o != nil {
			return Held{c.inc, o}, nil
		}
		return Held{}, fault.Missing("order")
	}
	var found []Held
	for _, o := range slices.Backward(c.inc.Orders) {
		if _, err := OrderFlow.Find(c.actor, Held{c.inc, o}, a.Do); err == nil {
			found = append(found, Held{c.inc, o})
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Held{}, invalid("order", "field.required")
	}
	scope := c.actor.Scope(perm.IncidentHandle)
	for _, o := range slices.Backward(c.inc.Orders) {
		if scope.Covers(workTarget(Held{c.inc, o})) {
			return Held{c.inc, o}, nil
		}
	}
	if len(c.inc.Orders) > 0 {
		return Held{c.inc, c.inc.Orders[len(c.inc.Orders)-1]}, nil
	}
	if !mayEver(c.actor, a.Do) {
		return Held{}, fault.New(fault.Forbidden, "forbidden")
	}
	return Held{}, fault.New(fault.Conflict, "action.state", "do", a.Do, "state", string(c.inc.State))
}

// mayEver tells whether the actor may take an action on some order at all.
func mayEver(actor authz.Actor, do string) bool {
	return slices.ContainsFunc(OrderFlow.Moves, func(m flow.Move[OrderState, Held]) bool { return m.Do == do && !m.Auto && actor.Can(m.Need) })
}

// current refuses a state move on a version behind which somebody did something: the person decided on something else.
// What the clocks did meanwhile is no reason.
func (c *change) current(a Action, safe bool) error {
	if a.Version == nil || safe || *a.Version >= c.inc.Acted && *a.Version < c.inc.Version {
		return nil
	}
	return fault.New(fault.Conflict, "incident.stale")
}

// withCurrent adds the incident as it is now to a conflict, so that the person sees what happened meanwhile.
func (s *Service) withCurrent(ctx context.Context, actor authz.Actor, incident string, err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Conflict {
		return err
	}
	inc, loadErr := load(ctx, s.DB.Read(), incident)
	if loadErr != nil || !s.sees(actor, inc) {
		return err
	}
	f.Current = s.View(actor, inc)
	return f
}

// sees tells whether the actor may know of the incident: it lies in the scope for reading, or they brought it.
func (s *Service) sees(actor authz.Actor, inc *Incident) bool {
	return actor.Scope(perm.IncidentRead).Covers(inc.Target())
}
