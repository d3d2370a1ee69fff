package incident

import (
	"gezhi/internal/clock"
	"gezhi/internal/kit/authz"
	"gezhi/internal/perm"
)

// maxPause bounds how far ahead people may put an end to a pause or an extension, in ms: two years.
const maxPause = 2 * 366 * 24 * 3600 * 1000

func nothingAsked(_ authz.Actor, h Held) bool { return h.Incident.Asked == nil }

func notPaused(_ authz.Actor, h Held) bool { return !h.Incident.Paused() }

// timed holds while the order's handling has a limit that could be extended.
func timed(_ authz.Actor, h Held) bool { return h.Incident.running(clock.Handle, h.Order.ID) != nil }

func asked(kind string) func(authz.Actor, *Incident) bool {
	return func(_ authz.Actor, i *Incident) bool { return i.Asked != nil && i.Asked.Kind == kind }
}

// notOwnAsking holds when somebody else asked: nobody approves their own.
func notOwnAsking(a authz.Actor, i *Incident) bool { return i.Asked.By != a.AccountID }

// mayExtend holds for the first extension, and for whoever decides about further ones (FIELD section 5: the shift leader
// decides about the first, a leader about the second).
func mayExtend(a authz.Actor, i *Incident) bool {
	return i.Extensions == 0 || a.Machine || a.Scope(perm.ExtensionApproveAgain).Covers(i.placeTarget())
}

func paused(_ authz.Actor, i *Incident) bool { return i.Paused() }

func notDeferred(_ authz.Actor, i *Incident) bool { return i.DeferredAt == 0 }

// mayResume holds for whoever has the lead order and for those who dispatch or defer. What was deferred only the latter
// take up again.
func mayResume(a authz.Actor, i *Incident) bool {
	if a.Machine || a.Scope(perm.IncidentDispatch).Covers(i.placeTarget()) || a.Scope(perm.IncidentDefer).Covers(i.placeTarget()) {
		return true
	}
	lead := i.Lead()
	return i.DeferredAt == 0 && lead != nil && mine(a, Held{i, lead})
}

// givenUntil reads a time that must lie ahead; 0 when it was left out.
func (c *change) givenUntil(name string) (int64, error) {
	at, ok := c.given.Int(name)
	switch {
	case !ok:
		return 0, nil
	case at <= c.entry.At:
		return 0, invalid(name, "time.past")
	case at > c.entry.At+maxPause:
		return 0, invalid(name, "time.far")
	}
	return at, nil
}

func (c *change) askExtension() error {
	until, err := c.givenUntil("until")
	if err != nil {
		return err
	}
	if k := c.inc.running(clock.Handle, c.order.ID); k != nil && until <= k.DueAt {
		return invalid("until", "extension.not_later")
	}
	c.ask(extension, until)
	return nil
}

func (c *change) askSuspension() error {
	until, err := c.givenUntil("until")
	if err != nil {
		return err
	}
	c.ask(suspension, until)
	return nil
}

func (c *change) ask(kind string, until int64) {
	c.inc.Asked = &Asking{Kind: kind, By: c.actor.AccountID, Order: c.order.ID, Until: until, Reason: c.given.Text("reason"), At: c.entry.At}
}

// extend moves the handling's due time, and the whole matter's where that would come before it.
func (c *change) extend() error {
	a := c.inc.Asked
	for _, stage := range []clock.Stage{clock.Handle, clock.Total} {
		order := ""
		if stage == clock.Handle {
			order = a.Order
		}
		if k := c.inc.running(stage, order); k != nil && k.DueAt < a.Until {
			c.body[string(stage)+"_was_due"] = k.DueAt
			k.extend(a.Until, a.At, c.calendar(k))
		}
	}
	c.inc.Extensions++
	return c.answerAsking()
}

// answerAsking notes on the entry what was asked, and that nothing is asked any more.
func (c *change) answerAsking() error {
	a := c.inc.Asked
	c.body["asked_by"], c.body["asked_by_name"], c.body["asked_reason"] = a.By, c.Directory.PersonName(a.By), a.Reason
	if a.Until != 0 {
		c.body["until"] = a.Until
	}
	c.entry.OrderID = a.Order
	c.inc.Asked = nil
	return nil
}

func (c *change) suspend() error {
	until := c.inc.Asked.Until
	if until <= c.entry.At {
		until = 0 // it passed while it waited for approval
	}
	if err := c.answerAsking(); err != nil {
		return err
	}
	c.inc.SuspendedAt, c.inc.PauseUntil = c.entry.At, until
	c.pauseAll()
	return nil
}

// setAside defers the matter: its clocks stand still and it leaves the base of the figures until it is taken up again.
func (c *change) setAside() error {
	until, err := c.givenUntil("until")
	if err != nil {
		return err
	}
	c.inc.DeferredAt, c.inc.PauseUntil = c.entry.At, until
	c.pauseAll()
	return nil
}

func (c *change) goOn() error {
	since := c.inc.SuspendedAt
	if since == 0 || c.inc.DeferredAt != 0 && c.inc.DeferredAt < since {
		since = c.inc.DeferredAt
	}
	c.body["paused_at"] = since
	c.inc.SuspendedAt, c.inc.DeferredAt, c.inc.PauseUntil = 0, 0, 0
	return c.resumeAll()
}

// endPause lets clocks go on when the order for which they stood still is no longer in hand.
func (c *change) endPause() error {
	c.inc.Asked = nil
	if c.inc.SuspendedAt == 0 {
		return nil
	}
	c.inc.SuspendedAt = 0
	if c.inc.DeferredAt != 0 {
		return nil
	}
	c.inc.PauseUntil = 0
	return c.resumeAll()
}
