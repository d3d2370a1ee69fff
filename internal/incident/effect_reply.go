package incident

import "gezhi/internal/kit/flow"

// submitReply keeps the result until somebody of the unit approves it; a newer one takes the place of the older.
func (c *change) submitReply() error {
	c.order.Reply = &Reply{By: c.actor.AccountID, At: c.entry.At, Result: c.given.Text("result"), Outcome: first(c.given.Text("outcome"), "done"),
		Parties: c.given.Text("parties"), Agreement: c.given.Text("agreement"), Before: filesOf(c.given, "before"), After: filesOf(c.given, "after")}
	return nil
}

// approveReply lets the reply count as the result of whoever wrote it. Both had a part in it: neither checks it.
func (c *change) approveReply() error {
	o, r := c.order, c.order.Reply
	o.Result, o.Outcome, o.HandledAt, o.HandlerID, o.Reply = r.Result, r.Outcome, c.entry.At, r.By, nil
	o.handledBy(r.By)
	o.handledBy(c.actor.AccountID)
	c.body["result"], c.body["outcome"], c.body["handler"], c.body["handler_name"] = r.Result, r.Outcome, r.By, c.Directory.PersonName(r.By)
	for name, value := range map[string]string{"parties": r.Parties, "agreement": r.Agreement} {
		if value != "" {
			c.body[name] = value
		}
	}
	return nil
}

func filesOf(given flow.Given, name string) []string {
	list, _ := given[name].([]string)
	return list
}
