package incident

import (
	"slices"

	"gezhi/internal/clock"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
)

// Rungs are the steps of the ladder that a matter climbs, from the one who works on it to the command centre of the
// county.
var Rungs = []string{"worker", "grid_head", "station", "centre", "command"}

// maxWhistled bounds how many units one whistle calls.
const maxWhistled = 20

func escalated(_ authz.Actor, i *Incident) bool { return i.Rung != "" }

func belowTop(_ authz.Actor, i *Incident) bool { return i.Rung != Rungs[len(Rungs)-1] }

func notStudied(_ authz.Actor, i *Incident) bool { return i.StudyAt == 0 }

func studied(_ authz.Actor, i *Incident) bool { return i.StudyAt != 0 }

func reminded(_ authz.Actor, h Held) bool { return h.Incident.running(clock.Reply, h.Order.ID) != nil }

func whistledFor(_ authz.Actor, h Held) bool {
	return h.Incident.running(clock.ReportIn, h.Order.ID) != nil
}

// remind asks whoever has the lead order for a reply, by a time or within the limit for replies.
func (c *change) remind() error {
	lead := c.inc.Lead()
	until, err := c.givenUntil("reply_by")
	switch {
	case err != nil:
		return err
	case until != 0:
		c.startClockUntil(clock.Reply, lead, until)
	default:
		if err := c.startClock(clock.Reply, lead); err != nil {
			return err
		}
	}
	c.entry.OrderID = lead.ID
	return nil
}

// supervise puts the matter under a leader's eyes until it is closed; where somebody works on it they have to reply.
func (c *change) supervise() error {
	once(&c.inc.SupervisedAt, c.entry.At)
	if lead := c.inc.Lead(); lead != nil && lead.Active() {
		return c.remind()
	}
	_, err := c.givenUntil("reply_by")
	return err
}

func (c *change) respond() error {
	if k := c.inc.running(clock.Reply, c.order.ID); k != nil {
		c.stopClock(k)
	}
	return nil
}

// escalateTo puts the matter before a rung by hand.
func (c *change) escalateTo() error {
	to := c.given.Text("to")
	if slices.Index(Rungs, to) <= slices.Index(Rungs, c.inc.Rung) {
		return invalid("to", "escalate.not_higher")
	}
	step := LadderStep{Rung: to}
	if c.Ladder != nil {
		if found, ok := c.Ladder.At(to, c.climbing("", "")); ok {
			step = found
		}
	}
	if step.UnitID == "" && len(step.PersonIDs) == 0 {
		return invalid("to", "escalate.nobody")
	}
	c.put(step, "escalate")
	return nil
}

// put shows the matter to whoever stands on a rung.
func (c *change) put(step LadderStep, why string) {
	if slices.Index(Rungs, step.Rung) > slices.Index(Rungs, c.inc.Rung) {
		c.inc.Rung = step.Rung
	}
	c.body["rung"] = step.Rung
	if step.Rung == Rungs[0] { // has the work already
		c.body["persons"], c.body["person_names"] = step.PersonIDs, []string{c.Directory.PersonName(first(step.PersonIDs...))}
		return
	}
	if step.UnitID != "" {
		c.copyTo(step.UnitID, "", why)
		c.body["unit"], c.body["unit_name"] = step.UnitID, c.unitName(step.UnitID)
	}
	names := []string{}
	for _, person := range step.PersonIDs {
		c.copyTo("", person, why)
		names = append(names, c.Directory.PersonName(person))
	}
	if len(names) > 0 {
		c.body["persons"], c.body["person_names"] = step.PersonIDs, names
	}
	if len(step.Skipped) > 0 {
		c.body["skipped"] = step.Skipped
	}
}

// sendDown gives a matter that was escalated back to those below, who are told.
func (c *change) sendDown() error {
	unit, _, err := c.resolve(c.given.Text("unit"), "")
	if err != nil {
		return err
	}
	c.inc.Rung = ""
	c.copyTo(unit, "", "send_down")
	c.body["unit_name"] = c.unitName(unit)
	return nil
}

// whistle calls several units to act together: each gets an assisting order and has to report in.
func (c *change) whistle() error {
	units := c.given.IDs("units")
	until, err := c.givenUntil("reply_by")
	if err != nil {
		return err
	}
	if len(units) == 0 || len(units) > maxWhistled {
		return invalid("units", "whistle.units")
	}
	var names []string
	for _, unit := range units {
		if _, _, err := c.resolve(unit, ""); err != nil {
			return invalid("units", "unit.unknown")
		}
		if err := c.assist(unit, ""); err != nil {
			return invalid("units", "unit.has_order")
		}
		o := c.inc.Orders[len(c.inc.Orders)-1]
		o.Note, o.Reason = c.given.Text("text"), Reason{Code: "whistled"}
		if until != 0 {
			c.startClockUntil(clock.ReportIn, o, until)
		} else if err := c.startClock(clock.ReportIn, o); err != nil {
			return err
		}
		names = append(names, c.unitName(unit))
	}
	delete(c.body, "unit_name")
	c.entry.OrderID, c.body["unit_names"] = "", names
	return nil
}

// reportIn says that a unit that was whistled for is there.
func (c *change) reportIn() error {
	c.take()
	c.order.ArrivedAt = c.entry.At
	return nil
}

func (c *change) study() error {
	c.inc.StudyAt = c.entry.At
	return nil
}

func (c *change) decide() error {
	c.inc.StudyAt = 0
	return nil
}

// told counts a note of whoever has the lead order as the progress report that is asked for from time to time.
func (c *change) told() error {
	lead := c.inc.Lead()
	if lead == nil || !mine(c.actor, Held{c.inc, lead}) {
		return nil
	}
	k := c.inc.running(clock.Progress, lead.ID)
	if k == nil {
		return nil
	}
	return c.nextReport(k)
}

var (
	askUntil   = flow.Ask{Name: "until", Type: flow.Time}
	askReplyBy = flow.Ask{Name: "reply_by", Type: flow.Time}
	askText    = flow.Ask{Name: "text", Type: flow.Text, Required: true, Max: 1000}
)
