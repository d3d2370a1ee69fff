package incident

import (
	"gezhi/internal/clock"
	"gezhi/internal/kit/flow"
)

// maxSteps bounds what happens to one clock in one sweep, so that no ladder can make it go on for ever.
const maxSteps = 16

// tick is what time alone does to an incident at one moment: every step of it is a change with an entry of its own.
type tick struct {
	*Service
	inc   *Incident
	now   int64
	steps []*change
	aimed bool // a clock looks at another moment than before
}

// all does everything that is due.
func (t *tick) all() error {
	if t.inc.PauseUntil != 0 && t.inc.PauseUntil <= t.now && t.inc.Paused() {
		if err := t.step("resume_due", nil, map[string]any{}, (*change).goOn); err != nil {
			return err
		}
	}
	for n := 0; n < len(t.inc.Clocks); n++ { // some begin on the way
		k := t.inc.Clocks[n]
		for range maxSteps {
			if !k.Open() || k.NextAt == 0 || k.NextAt > t.now {
				break
			}
			if err := t.look(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// look does the one thing that is due next for a clock.
func (t *tick) look(k *Clock) error {
	k.dirty, t.aimed = true, true
	if k.OverdueAt != 0 {
		return t.climb(k)
	}
	body := map[string]any{"due": k.DueAt}
	if t.now < k.DueAt {
		do := "warn"
		if k.Stage == clock.Progress {
			do = "ask_progress"
		}
		return t.step(do, k, body, func(c *change) error {
			k.WarnedAt = c.entry.At
			k.aim()
			return nil
		})
	}
	err := t.step("overdue", k, body, func(c *change) error {
		k.OverdueAt = k.DueAt
		once(&k.WarnedAt, c.entry.At)
		k.NextAt = t.now // the ladder is asked at once
		return nil
	})
	if err != nil || k.Stage != clock.Arrive {
		return err
	}
	if o := t.inc.Order(k.OrderID); o != nil && o.FromPool && o.State == OrderAccepted {
		return t.record("back_to_pool", k, map[string]any{"from": o.PersonID, "from_name": t.Directory.PersonName(o.PersonID)}, (*change).backToPool)
	}
	return nil
}

// climb puts an overdue stage before the next rung, once its time has come.
func (t *tick) climb(k *Clock) error {
	k.NextAt = 0
	if t.Ladder == nil || !k.Open() {
		return nil
	}
	at := &change{Service: t.Service, inc: t.inc, at: t.now}
	question := at.climbing(k.Stage, k.Rung)
	question.OverdueAt = k.OverdueAt
	next, ok := t.Ladder.Next(question)
	switch {
	case !ok:
		return nil
	case next.At > t.now:
		k.NextAt = next.At
		return nil
	}
	return t.step("climb", k, map[string]any{}, func(c *change) error {
		c.put(next, "climb")
		k.Rung, k.NextAt = next.Rung, t.now
		return nil
	})
}

// step does one thing that the incident's table lets time do.
func (t *tick) step(do string, k *Clock, body map[string]any, effect func(*change) error) error {
	if _, err := Flow.Driven(t.inc, do); err != nil {
		return err
	}
	return t.record(do, k, body, effect)
}

// record carries out one thing that time did, with its entry.
func (t *tick) record(do string, k *Clock, body map[string]any, effect func(*change) error) error {
	c := &change{Service: t.Service, actor: sweeper, inc: t.inc, at: t.now}
	order := ""
	if k != nil {
		body["stage"] = string(k.Stage)
		if c.order = t.inc.Order(k.OrderID); c.order != nil {
			order = c.order.ID
		}
	}
	c.begin(do, order, flow.Given{}, body)
	if err := effect(c); err != nil {
		return err
	}
	c.finish(string(t.inc.State))
	t.steps = append(t.steps, c)
	return nil
}

// backToPool takes a claimed order from somebody who did nothing about it, for others to claim.
func (c *change) backToPool() error {
	m, err := OrderFlow.Driven(Held{c.inc, c.order}, "back_to_pool")
	if err != nil {
		return err
	}
	c.give("")
	c.order.State, c.order.dirty = OrderFlow.Next(Held{c.inc, c.order}, m), true
	return c.turnClocks(m.Stops, m.Starts, c.order)
}

// nextReport lets the clock for progress reports begin anew after one was given.
func (c *change) nextReport(k *Clock) error {
	if k.Every == 0 {
		c.stopClock(k)
		return nil
	}
	cal := c.calendar(k)
	first, err := after(cal, k, c.entry.At)
	if err != nil {
		return err
	}
	second, err := after(cal, k, first)
	if err != nil {
		return err
	}
	k.WarnAt, k.DueAt, k.WarnedAt, k.OverdueAt, k.Rung = first, second, 0, 0, ""
	k.aim()
	return nil
}
