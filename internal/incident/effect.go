package incident

import (
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// effects add what belongs to an action beside the move of the state, which the tables alone decide.
var effects = map[string]func(*change) error{
	"accept":          (*change).classify,
	"reject":          (*change).keepAnswer,
	"dispatch":        (*change).dispatch,
	"self_handle":     (*change).selfHandle,
	"answer":          (*change).keepAnswer,
	"close":           (*change).keepAnswer,
	"follow_up":       (*change).followUp,
	"reopen":          (*change).reopen,
	"review":          (*change).review,
	"resident_reopen": (*change).reopen,
	"rework":          (*change).rework,
	"add_unit":        (*change).addUnit,
	"place":           (*change).place,
	"mark":            (*change).mark,
	"note":            (*change).note,
	"detail":          (*change).detail,
	"claim":           (*change).take,
	"accept_order":    (*change).take,
	"arrive":          (*change).arrive,
	"handle":          (*change).handle,
	"return_order":    (*change).giveBack,
	"transfer":        (*change).transfer,
	"submit_reply":    (*change).submitReply,
	"approve_reply":   (*change).approveReply,
	"refuse_reply":    (*change).dropReply,
	"ask_unit":        (*change).askUnit,
	"withdraw_order":  (*change).dropReply,
	"lead_given_back": (*change).freeLead,

	"extend":             (*change).askExtension,
	"approve_extension":  (*change).extend,
	"refuse_extension":   (*change).answerAsking,
	"suspend":            (*change).askSuspension,
	"approve_suspension": (*change).suspend,
	"refuse_suspension":  (*change).answerAsking,
	"resume":             (*change).goOn,
	"defer":              (*change).setAside,
	"remind":             (*change).remind,
	"supervise":          (*change).supervise,
	"respond":            (*change).respond,
	"escalate":           (*change).escalateTo,
	"send_down":          (*change).sendDown,
	"whistle":            (*change).whistle,
	"report_in":          (*change).reportIn,
	"study":              (*change).study,
	"decide":             (*change).decide,

	"past_close":  (*change).keepAnswer,
	"past_reject": (*change).keepAnswer,

	"merge":        (*change).merge,
	"me_too":       (*change).merge,
	"merge_moved":  (*change).moveOn,
	"merge_undone": (*change).standAlone,
	"unmerge":      (*change).standAlone,
}

func (c *change) effect(do string) error {
	if f := effects[do]; f != nil {
		return f(c)
	}
	return nil
}

func (c *change) classify() error {
	if code := c.given.Text("category"); code != "" {
		if !c.Categories().Usable(code) {
			return invalid("category", "category.unknown")
		}
		c.inc.Category = code
	}
	c.inc.Kind = first(c.given.Text("kind"), c.inc.Kind)
	c.inc.Severity = first(c.given.Text("severity"), c.inc.Severity)
	return nil
}

func (c *change) keepAnswer() error {
	c.inc.Answer = c.given.Text("answer")
	return nil
}

// dispatch sends the lead order: to the unit or person given, or, with nothing given, where the proposal says.
func (c *change) dispatch() error {
	proposal := c.propose(c.inc)
	unit, person := c.given.Text("unit"), c.given.Text("person")
	pool, poolGiven := c.given.Bool("pool")
	if unit == "" && person == "" {
		if proposal.UnitID == "" {
			return invalid("unit", "dispatch.no_proposal")
		}
		unit, person = proposal.UnitID, proposal.PersonID
		if !poolGiven {
			pool = proposal.Pool
		}
	}
	unit, person, err := c.resolve(unit, person)
	if err != nil {
		return err
	}
	changed := proposal.UnitID != "" && (unit != proposal.UnitID || person != proposal.PersonID && person != "")
	person = c.deliver(unit, person)
	o := c.newOrder(Lead, unit, person)
	o.Note = c.given.Text("note")
	o.ByPerson, o.Changed = !c.actor.Machine, changed
	if o.Changed || proposal.UnitID == "" {
		o.Reason = Reason{Code: "chosen"}
	} else {
		o.RuleID, o.Reason = proposal.RuleID, proposal.Reason
		for _, told := range proposal.Inform {
			c.copyTo(told.UnitID, told.PersonID, "rule")
		}
	}
	if pool && person == "" {
		held := Held{c.inc, o}
		m, err := OrderFlow.Driven(held, "pool")
		if err != nil {
			return err
		}
		o.State, o.FromPool = OrderFlow.Next(held, m), true
	}
	c.entry.OrderID = o.ID
	c.body["unit"], c.body["unit_name"] = unit, c.unitName(unit)
	if person != "" {
		c.body["person"], c.body["person_name"] = person, c.Directory.PersonName(person)
	}
	c.body["reason"] = o.Reason
	return nil
}

// resolve checks that unit and person can be given work. A person without a unit brings the unit of the post.
func (c *change) resolve(unit, person string) (string, string, error) {
	if unit == "" {
		for _, u := range c.Directory.Units() {
			if c.works(u.ID, person) {
				unit = u.ID
				break
			}
		}
		if unit == "" {
			return "", "", invalid("person", "person.unknown")
		}
	}
	ref, ok := c.Directory.Unit(unit)
	if !ok {
		return "", "", invalid("unit", "unit.unknown")
	}
	if !ref.Open {
		return "", "", invalid("unit", "unit.closed")
	}
	if person != "" && !c.works(unit, person) {
		return "", "", invalid("person", "person.not_in_unit")
	}
	return unit, person, nil
}

// selfHandle records an order that its reporter carried out on the spot.
func (c *change) selfHandle() error {
	unit := ""
	if units := c.actor.Units(); len(units) > 0 {
		unit = units[0]
	}
	o := c.newOrder(Lead, unit, c.actor.AccountID)
	for _, do := range []string{"accept_order", "arrive", "handle"} {
		m, err := OrderFlow.Driven(Held{c.inc, o}, do)
		if err != nil {
			return err
		}
		o.State = m.To
	}
	at := c.entry.At
	o.Reason = Reason{Code: selfHandled}
	o.AcceptedAt, o.ArrivedAt, o.HandledAt, o.EndedAt = at, at, at, at
	o.HandlerID, o.Result, o.Outcome, o.ByPerson = c.actor.AccountID, c.given.Text("result"), "done", true
	o.handledBy(c.actor.AccountID)
	once(&c.inc.AcceptedAt, at)
	once(&c.inc.DispatchedAt, at)
	once(&c.inc.TakenAt, at)
	once(&c.inc.ArrivedAt, at)
	c.entry.OrderID = o.ID
	return nil
}

func (c *change) reopen() error {
	c.inc.Reopened++
	c.inc.LeadOrder = ""
	c.inc.Solved, c.inc.Satisfaction, c.inc.Call.AgainAt = nil, 0, 0
	return nil
}

func (c *change) rework() error {
	c.inc.Reworked++
	return nil
}

func (c *change) addUnit() error {
	unit, person, err := c.resolve(c.given.Text("unit"), c.given.Text("person"))
	if err != nil {
		return err
	}
	return c.assist(unit, c.deliver(unit, person))
}

// place puts an incident where a click on the map, or an area chosen by hand, says it is.
func (c *change) place() error {
	p, err := c.givenPosition()
	if err != nil {
		return err
	}
	area := c.given.Text("area")
	if p == nil && area == "" {
		return invalid("lon", "field.required")
	}
	if p == nil && len(c.Places.Path(area)) == 0 {
		return invalid("area", "area.unknown")
	}
	home := append([]string{}, c.Directory.HomeAreas(c.actor)...)
	c.settleAt(c.inc, p, area, home)
	if !c.inc.Placed {
		return invalid("lon", "position.outside")
	}
	c.inc.Address = first(c.given.Text("address"), c.inc.Address)
	return nil
}

func (c *change) givenPosition() (*geo.Point, error) {
	var f fault.Fields
	datum := c.given.Text("datum")
	p := position(&f, number(c, "lon"), number(c, "lat"), &datum)
	return p, f.Err()
}

func number(c *change, name string) *float64 {
	if v, ok := c.given.Number(name); ok {
		return &v
	}
	return nil
}

func (c *change) mark() error {
	c.inc.Urgent, _ = c.given.Bool("urgent")
	return nil
}

// note may be told to the parties or to everybody, which only the centre decides.
func (c *change) note() error {
	v := Visibility(first(c.given.Text("visibility"), string(Internal)))
	if v != Internal && !c.mayPublish() {
		return fault.New(fault.Forbidden, "note.publish")
	}
	c.entry.Visibility = v
	return c.told()
}

func (c *change) unitName(id string) string {
	u, _ := c.Directory.Unit(id)
	return u.Name
}

func invalid(field, code string) error {
	var f fault.Fields
	f.Add(field, code)
	return f.Err()
}
