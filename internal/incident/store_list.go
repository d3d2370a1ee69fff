package incident

import (
	"context"
	"slices"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// The states of orders in somebody's hands and of those that came to nothing, for statements, as the table has them.
var (
	openOrders  = literals(OrderFlow.InPhase(flow.Open))
	endedOrders = literals(OrderFlow.InPhase(flow.Ended))
)

func literals[S ~string](states []S) string {
	quoted := make([]string, len(states))
	for n, s := range states {
		quoted[n] = "'" + string(s) + "'"
	}
	return strings.Join(quoted, ", ")
}

// query puts a list's statement together.
type query struct {
	*Service
	args  db.Args
	where []string
}

func (q *query) add(condition string) { q.where = append(q.where, "("+condition+")") }

// matching is what a filter means to an actor.
func (s *Service) matching(actor authz.Actor, f Filter) *query {
	q := &query{Service: s}
	q.add(q.scope(actor.Scope(perm.IncidentRead)))
	q.filter(actor, f)
	if f.byDue() {
		q.add("i.due_at IS NOT NULL")
	}
	return q
}

// list returns a page of incidents in the actor's scope with their orders, newest first or by what is due next.
func (s *Service) list(ctx context.Context, actor authz.Actor, f Filter, after *cursor) ([]*Incident, error) {
	q := s.matching(actor, f)
	order := "received_at DESC, id DESC"
	if f.byDue() {
		order = "i.due_at, i.id"
	}
	if after != nil {
		at, id := q.args.Add(after.at), q.args.Add(after.id)
		if f.byDue() {
			q.add("(i.due_at, i.id) > (" + at + ", " + id + ")")
		} else {
			q.add("(received_at, id) < (" + at + ", " + id + ")")
		}
	}
	text := `SELECT i.id, i.version FROM incidents i WHERE ` + strings.Join(q.where, " AND ") +
		` ORDER BY ` + order + ` LIMIT ` + q.args.Add(f.Limit+1)
	return s.fetch(ctx, text, q.args.Values)
}

// fetch reads the incidents of a statement that names their ids and versions, in its order.
func (s *Service) fetch(ctx context.Context, text string, args []any) ([]*Incident, error) {
	rows, err := s.DB.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids, changed []string
	found := map[string]*Incident{}
	for rows.Next() {
		var id string
		var version int64
		if err := rows.Scan(&id, &version); err != nil {
			return nil, err
		}
		ids = append(ids, id)
		if found[id] = s.recent.get(id, version); found[id] == nil {
			changed = append(changed, id)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	if err := s.readInto(ctx, found, changed); err != nil {
		return nil, err
	}
	list := make([]*Incident, 0, len(ids))
	for _, id := range ids {
		if i := found[id]; i != nil {
			list = append(list, i)
		}
	}
	return list, nil
}

// readInto reads incidents with their orders, and remembers them.
func (s *Service) readInto(ctx context.Context, found map[string]*Incident, ids []string) error {
	var fresh []*Incident
	err := inParts(ctx, s.DB.Read(), `SELECT `+columns+` FROM incidents WHERE id IN (`, ids, func(r row) error {
		i, err := scanIncident(r)
		fresh = append(fresh, i)
		return err
	})
	if err != nil {
		return err
	}
	if err := addOrders(ctx, s.DB.Read(), fresh); err != nil {
		return err
	}
	if err := addClocks(ctx, s.DB.Read(), fresh); err != nil {
		return err
	}
	for _, i := range fresh {
		i.masked = s.maskReporter(i)
		found[i.ID] = i
		s.recent.put(i)
	}
	return nil
}

func addOrders(ctx context.Context, q db.Querier, list []*Incident) error {
	return db.InParts(list, func(part []*Incident) error {
		ids := make([]string, len(part))
		for n, i := range part {
			ids[n] = i.ID
		}
		byID, err := ordersByIncident(ctx, q, ids)
		for _, i := range part {
			i.Orders = byID[i.ID]
		}
		return err
	})
}

// scope is the one place that turns a scope into SQL: incidents in the areas, those of which the units or the person
// have an order, and those that the person brought.
func (q *query) scope(s authz.Scope) string {
	if s.All {
		return "1 = 1"
	}
	var any []string
	byLevel := map[string][]string{}
	for _, id := range s.Areas {
		if path := q.Places.Path(id); len(path) > 0 {
			level := path[len(path)-1].Level
			byLevel[level] = append(byLevel[level], id)
		}
	}
	for _, level := range Levels {
		if ids := byLevel[level]; len(ids) > 0 {
			any = append(any, "i."+level+"_id IN ("+q.args.In(ids)+")")
		}
	}
	if len(s.Units) > 0 {
		any = append(any, "EXISTS (SELECT 1 FROM orders o WHERE o.incident_id = i.id AND o.unit_id IN ("+q.args.In(s.Units)+") AND o.state NOT IN ("+endedOrders+"))",
			"EXISTS (SELECT 1 FROM copies c WHERE c.incident_id = i.id AND c.person_id = '' AND c.unit_id IN ("+q.args.In(s.Units)+"))")
	}
	if s.Person != "" {
		p := "IN (" + q.args.In(s.Persons()) + ")"
		any = append(any, "EXISTS (SELECT 1 FROM orders o WHERE o.incident_id = i.id AND o.person_id "+p+" AND o.state NOT IN ("+endedOrders+"))",
			"EXISTS (SELECT 1 FROM copies c WHERE c.incident_id = i.id AND c.person_id "+p+")", "i.source "+p)
	}
	if len(any) == 0 {
		return "1 = 0"
	}
	return strings.Join(any, " OR ")
}

func (q *query) filter(actor authz.Actor, f Filter) {
	equal := func(column, value string) {
		if value != "" {
			q.add("i." + column + " = " + q.args.Add(value))
		}
	}
	equal("kind", f.Kind)
	equal("channel", f.Channel)
	equal("channel_group", f.Group)
	equal("severity", f.Severity)
	if len(f.States) > 0 {
		q.add("i.state IN (" + q.args.In(f.States) + ")")
	}
	if f.Category != "" {
		q.add("i.category IN (" + q.args.In(append(q.Categories().Children(f.Category), f.Category)) + ")")
	}
	if f.Area != "" {
		q.add(q.scope(authz.Scope{Areas: []string{f.Area}}))
	}
	for column, value := range map[string]string{"unit_id": f.Unit, "person_id": f.Person} {
		if value != "" {
			q.add("i.id IN (SELECT o.incident_id FROM orders o WHERE o." + column + " = " + q.args.Add(value) + " AND o.state IN (" + openOrders + "))")
		}
	}
	switch f.Flag {
	case "urgent":
		q.add("i.urgent")
	case "unplaced":
		q.add("NOT i.placed")
	case "suspended", "deferred", "supervised", "study":
		q.add("i." + f.Flag + "_at IS NOT NULL")
	case "escalated":
		q.add("i.rung <> ''")
	case "asked":
		q.add("i.asked <> ''")
	}
	switch f.Clock {
	case "yellow":
		now := q.args.Add(q.Clock.Now().UnixMilli())
		q.add("i.warn_at <= " + now + " AND i.due_at > " + now)
	case "red":
		q.add("i.due_at <= " + q.args.Add(q.Clock.Now().UnixMilli()))
	}
	if f.Call == "due" || f.Queue == "due" {
		q.add("i.state = '" + string(Closed) + "' AND NOT i.do_not_call AND i.call_again_at <= " + q.args.Add(q.Clock.Now().UnixMilli()))
	}
	if f.From > 0 {
		q.add("i.received_at >= " + q.args.Add(f.From))
	}
	if f.To > 0 {
		q.add("i.received_at < " + q.args.Add(f.To))
	}
	if f.Box != nil {
		q.add("i.lon BETWEEN " + q.args.Add(f.Box.West) + " AND " + q.args.Add(f.Box.East) + " AND i.lat BETWEEN " + q.args.Add(f.Box.South) + " AND " + q.args.Add(f.Box.North))
	}
	q.text(actor, f.Q)
	switch f.Queue {
	case "todo":
		q.add(q.todo(actor))
	case "today":
		day := q.Clock.Now()
		q.add("i.received_at >= " + q.args.Add(startOfDay(day)))
	case "soon":
		q.add("i.warn_at <= " + q.args.Add(q.Clock.Now().UnixMilli()))
	case "unplaced":
		q.add("NOT i.placed AND i.state IN (" + q.args.In(statesOf(openStates)) + ")")
	case "pool":
		q.add(q.held(actor, perm.IncidentHandle, "o.state IN ("+literals([]OrderState{Pooled})+")"))
	case "unit":
		q.add(q.held(actor, perm.IncidentHandle, "o.state IN ("+openOrders+")"))
	case "approval": // nobody approves the own reply: see notOwnReply
		q.add(q.held(actor, perm.IncidentApprove, "o.reply <> '' AND o.state IN ("+openOrders+")", actor.AccountID))
	case "mine":
		q.add("i.id IN (SELECT o.incident_id FROM orders o WHERE o.person_id <> '' AND o.person_id IN (" + q.args.In(append([]string{actor.AccountID}, actor.StandsFor...)) + ") AND o.state IN (" + openOrders + "))")
	}
}

// held finds the incidents of which the units where the actor has a permission have an order like this, which is not
// in the hands of one of these persons.
func (q *query) held(actor authz.Actor, need authz.Permission, order string, notOf ...string) string {
	units := actor.Scope(need).Units
	if len(units) == 0 {
		return "1 = 0"
	}
	except := ""
	for _, person := range notOf {
		except += " AND o.person_id <> " + q.args.Add(person)
	}
	return "i.id IN (SELECT o.incident_id FROM orders o WHERE o.unit_id IN (" + q.args.In(units) + ") AND " + order + except + ")"
}

// text searches by the number, by a whole phone number through the blind index, or by words. A phone number finds the
// reports of a confidential reporter only for those who may call them: otherwise it would tell who they are.
func (q *query) text(actor authz.Actor, text string) {
	if text == "" {
		return
	}
	if digits := PhoneDigits(text); len(digits) == 14 && !strings.ContainsFunc(text, func(r rune) bool { return r != '-' && (r < '0' || r > '9') }) {
		q.add("i.number = " + q.args.Add(digits[:6]+"-"+digits[6:10]+"-"+digits[10:]))
		return
	}
	if plausiblePhone(text) && len(PhoneDigits(text)) >= 7 {
		q.add("i.reporter_index <> '' AND i.reporter_index = " + q.args.Add(q.Keys.Blind(phonePurpose, PhoneDigits(text))))
		q.add("NOT i.confidential OR " + q.scope(actor.Scope(perm.ReporterCall)))
		return
	}
	if p, ok := q.DB.SearchPredicate(&q.args, "i.id", text); ok {
		q.add(p)
		return
	}
	q.add("1 = 0")
}

// todo derives from the tables what waits for the actor: states out of which they may move an incident in scope, and
// open orders of theirs.
func (q *query) todo(actor authz.Actor) string {
	var any []string
	byNeed := map[authz.Permission][]string{}
	var needs []authz.Permission
	for _, m := range Flow.Moves {
		guarded := m.If != nil && m.Need != perm.IncidentCheck // the check's guard stands below; others hold for few
		if m.Auto || m.To == "" || m.Need == perm.IncidentHandle || guarded || !actor.Can(m.Need) {
			continue
		}
		if byNeed[m.Need] == nil {
			needs = append(needs, m.Need)
		}
		for _, s := range m.From {
			if Flow.Phase(s) == flow.Open && Flow.Phase(m.To) != flow.Ended && !slices.Contains(byNeed[m.Need], string(s)) {
				byNeed[m.Need] = append(byNeed[m.Need], string(s))
			}
		}
	}
	for _, need := range needs {
		scope := actor.Scope(need)
		if len(byNeed[need]) > 0 && (scope.All || len(scope.Areas) > 0) {
			some := "i.state IN (" + q.args.In(byNeed[need]) + ") AND (" + q.scope(authz.Scope{All: scope.All, Areas: scope.Areas}) + ")"
			if need == perm.IncidentCheck { // nobody checks their own work: see notOwnWork
				some += " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.incident_id = i.id AND o.handlers LIKE " + q.args.Add("% "+actor.AccountID+" %") + ")"
			}
			any = append(any, "("+some+")")
		}
	}
	if scope := actor.Scope(perm.IncidentHandle); !scope.Empty() && !scope.All {
		if persons := scope.Persons(); len(persons) > 0 {
			any = append(any, "i.id IN (SELECT o.incident_id FROM orders o WHERE o.person_id <> '' AND o.person_id IN ("+q.args.In(persons)+") AND o.state IN ("+openOrders+"))")
		}
		if len(scope.Units) > 0 {
			any = append(any, "i.id IN (SELECT o.incident_id FROM orders o WHERE o.unit_id IN ("+q.args.In(scope.Units)+") AND o.person_id = '' AND o.state IN ("+openOrders+"))")
		}
	}
	if units := actor.Scope(perm.IncidentApprove).Units; len(units) > 0 {
		any = append(any, "i.id IN (SELECT o.incident_id FROM orders o WHERE o.unit_id IN ("+q.args.In(units)+") AND o.state IN ("+openOrders+") AND o.reply <> '')")
	}
	if len(any) == 0 {
		return "1 = 0"
	}
	return strings.Join(any, " OR ")
}

func statesOf(states []State) []string {
	out := make([]string, len(states))
	for n, s := range states {
		out[n] = string(s)
	}
	return out
}

// count returns how many incidents a list holds, at most f.Limit.
func (s *Service) count(ctx context.Context, actor authz.Actor, f Filter) (n int, err error) {
	q := s.matching(actor, f)
	text := `SELECT count(*) FROM (SELECT 1 AS one FROM incidents i WHERE ` + strings.Join(q.where, " AND ") + ` LIMIT ` + q.args.Add(f.Limit) + `) AS counted`
	err = s.DB.Read().QueryRowContext(ctx, text, q.args.Values...).Scan(&n)
	return n, err
}
