package incident

import (
	"math"

	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
)

func (c *change) mayPublish() bool { return c.actor.Can(perm.IncidentClose) }

// take puts the order into the actor's hands, from the pool or as sent.
func (c *change) take() error {
	c.order.PersonID = c.actor.AccountID
	c.order.AcceptedAt = c.entry.At
	if c.order.Role == Lead {
		once(&c.inc.TakenAt, c.entry.At)
	}
	return nil
}

// arrive needs a position, with which the distance to the matter is noted, or the reason why there is none.
func (c *change) arrive() error {
	p, err := c.givenPosition()
	if err != nil {
		return err
	}
	if p == nil && c.given.Text("reason") == "" {
		return invalid("reason", "arrive.reason")
	}
	if p != nil && c.inc.Lon != nil && c.inc.Lat != nil {
		c.body["distance"] = math.Round(geo.Distance(*p, geo.Point{Lon: *c.inc.Lon, Lat: *c.inc.Lat}))
	}
	c.order.ArrivedAt = c.entry.At
	if c.order.Role == Lead {
		once(&c.inc.ArrivedAt, c.entry.At)
	}
	return nil
}

func (c *change) handle() error {
	c.order.Result = c.given.Text("result")
	c.order.Outcome = first(c.given.Text("outcome"), "done")
	c.order.HandledAt, c.order.HandlerID = c.entry.At, c.actor.AccountID
	return nil
}

// giveBack returns the order with a reason, naming the right unit if it is known; that unit is then proposed.
func (c *change) giveBack() error {
	unit := c.given.Text("unit")
	if unit != "" {
		ref, ok := c.Directory.Unit(unit)
		switch {
		case !ok:
			return invalid("unit", "unit.unknown")
		case !ref.Open:
			return invalid("unit", "unit.closed")
		case unit == c.order.UnitID:
			return invalid("unit", "unit.same")
		}
		c.body["unit_name"] = ref.Name
	}
	c.order.RightUnit, c.order.Result = unit, c.given.Text("reason")
	if c.order.Role == Lead {
		c.inc.Returned++
	}
	return nil
}

func (c *change) transfer() error {
	person := c.given.Text("person")
	if person == c.order.PersonID {
		return invalid("person", "person.same")
	}
	if !c.works(c.order.UnitID, person) {
		return invalid("person", "person.not_in_unit")
	}
	c.order.PersonID = person
	c.order.AcceptedAt, c.order.ArrivedAt = 0, 0
	c.body["person_name"] = c.Directory.PersonName(person)
	return nil
}

func (c *change) freeLead() error {
	c.inc.LeadOrder = ""
	return nil
}
