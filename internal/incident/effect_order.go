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
	c.order.HandledAt, c.order.HandlerID, c.order.Reply = c.entry.At, c.actor.AccountID, nil
	c.order.handledBy(c.actor.AccountID)
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
	c.order.RightUnit, c.order.Result, c.order.Reply = unit, c.given.Text("reason"), nil
	if c.order.Role == Lead {
		c.inc.Returned++
	}
	return nil
}

func (c *change) freeLead() error {
	c.inc.LeadOrder = ""
	return c.endPause()
}

// dropReply takes back a reply that waited, because it was refused or its order ends. Its words stay on the timeline.
func (c *change) dropReply() error {
	c.order.Reply = nil
	return nil
}
