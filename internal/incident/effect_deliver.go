package incident

import "slices"

// maxDelegates bounds how far an order is passed on from one absent person to the next.
const maxDelegates = 5

// deliver returns who gets what is meant for a person of a unit: the person, or while they are away the delegate, or
// whoever stands in for an absent delegate. The entry says for whom it was meant. Where nobody stands in, or only
// people who cannot take an order in the unit, the person keeps it.
func (c *change) deliver(unit, person string) string {
	seen := []string{person}
	at := person
	for range maxDelegates {
		a, away := c.Directory.AbsenceOf(at)
		if !away {
			break
		}
		if at = a.Delegate.ID; at == "" || slices.Contains(seen, at) || !c.works(unit, at) {
			return person
		}
		seen = append(seen, at)
	}
	if at != person {
		c.body["meant_for"], c.body["meant_for_name"] = person, c.Directory.PersonName(person)
	}
	return at
}

// askUnit lets whoever has an order ask another unit to help: it gets an assisting order.
func (c *change) askUnit() error {
	unit, _, err := c.resolve(c.given.Text("unit"), "")
	if err != nil {
		return err
	}
	return c.assist(unit, "")
}

// assist adds an assisting order, unless the unit or person has one in hand.
func (c *change) assist(unit, person string) error {
	for _, o := range c.inc.Orders {
		if o.UnitID == unit && o.Active() && (person == "" || o.PersonID == person) {
			return invalid("unit", "unit.has_order")
		}
	}
	o := c.newOrder(Assist, unit, person)
	o.Note, o.ByPerson, o.Reason = c.given.Text("note"), true, Reason{Code: "added"}
	c.entry.OrderID = o.ID
	c.body["unit_name"] = c.unitName(unit)
	if person != "" {
		c.body["person"], c.body["person_name"] = person, c.Directory.PersonName(person)
	}
	return nil
}

// give puts the order into another person's hands, as it was sent; "" gives it back to the unit.
func (c *change) give(person string) {
	o := c.order
	o.PersonID, o.AcceptedAt, o.ArrivedAt, o.Reply = person, 0, 0, nil
	if person != "" {
		c.body["person"], c.body["person_name"] = person, c.Directory.PersonName(person)
	}
}

func (c *change) transfer() error {
	person := c.given.Text("person")
	if person == c.order.PersonID {
		return invalid("person", "person.same")
	}
	if !c.works(c.order.UnitID, person) {
		return invalid("person", "person.not_in_unit")
	}
	to := c.deliver(c.order.UnitID, person)
	if to == c.order.PersonID {
		return invalid("person", "person.stands_in")
	}
	c.give(to)
	return nil
}
