package incident

import (
	"slices"
	"strconv"
	"time"

	"gezhi/internal/clock"
)

// roundTheClock counts for clocks that people set where nothing is known of office hours.
var roundTheClock = func() *clock.Calendar {
	c, err := clock.NewCalendar(time.UTC, clock.Week{}, nil)
	if err != nil {
		panic(err)
	}
	return c
}()

// Limits knows how long stages may take, and by which calendar time counts.
type Limits interface {
	Limit(stage clock.Stage, c clock.Case, at time.Time) (clock.Chosen, bool)
	Calendar(unit string) *clock.Calendar
}

// Clock is a limit that runs for an incident or one of its orders. Times are unix ms, 0 for not yet. What it is made of
// stands as it was when it started; only an extension moves its due time, and a pause by what counted of it.
type Clock struct {
	ID        string // stage and number: the second arrive clock is arrive.2
	Stage     clock.Stage
	OrderID   string // '' for the incident itself
	LimitID   string // '' where a person set the time
	Unit      clock.Unit
	Amount    int64
	Every     int64  // minutes from one progress report to the next, 0 for one alone and for other stages
	Office    string // unit whose office hours count
	StartedAt int64
	WarnAt    int64 // four fifths are used
	DueAt     int64
	PausedAt  int64 // stands still since; WarnAt and DueAt are those at the pause
	StoppedAt int64
	WarnedAt  int64
	OverdueAt int64  // overdue since
	Rung      string // how far it has climbed
	NextAt    int64  // when the sweep has to look again, 0 for never

	fresh, dirty bool
}

// Running tells whether the clock counts now.
func (k *Clock) Running() bool { return k.StoppedAt == 0 && k.PausedAt == 0 }

// Open tells whether the clock has not been stopped.
func (k *Clock) Open() bool { return k.StoppedAt == 0 }

// Late tells whether the stage took, or takes, longer than its limit.
func (k *Clock) Late() bool { return k.OverdueAt != 0 }

// aim sets when the sweep has to look next: at the warning, at the due time, or never.
func (k *Clock) aim() {
	k.dirty = true
	switch {
	case !k.Running() || k.OverdueAt != 0:
		k.NextAt = 0
	case k.WarnedAt == 0 && k.WarnAt < k.DueAt:
		k.NextAt = k.WarnAt
	default:
		k.NextAt = k.DueAt
	}
}

// stop ends the clock. One that is past its due time was overdue since then, whether the sweep has seen it or not.
func (k *Clock) stop(at int64) {
	if k.Running() && k.DueAt < at && k.OverdueAt == 0 {
		k.OverdueAt = k.DueAt
	}
	k.StoppedAt = at
	k.aim()
}

// pause lets the clock stand still.
func (k *Clock) pause(at int64) {
	if k.Running() {
		k.PausedAt = at
		k.aim()
	}
}

// resume lets the clock go on: what counted of the pause is added to what was still to come.
func (k *Clock) resume(at int64, cal *clock.Calendar) error {
	if !k.Open() || k.PausedAt == 0 {
		return nil
	}
	for _, moment := range []*int64{&k.WarnAt, &k.DueAt} {
		if *moment <= k.PausedAt {
			continue // used up before the pause
		}
		left := cal.Worked(k.Unit, time.UnixMilli(k.PausedAt), time.UnixMilli(*moment))
		t, err := cal.Resume(time.UnixMilli(at), k.Unit, left)
		if err != nil {
			return err
		}
		*moment = t.UnixMilli()
	}
	k.PausedAt = 0
	k.aim()
	return nil
}

// extend moves the due time. A clock that was overdue already stays so, unless the extension was asked for in time.
func (k *Clock) extend(until, askedAt int64, cal *clock.Calendar) {
	if askedAt <= k.DueAt {
		k.OverdueAt, k.Rung = 0, ""
	}
	k.DueAt, k.WarnedAt = until, 0
	k.WarnAt = cal.WarnAt(k.Unit, time.UnixMilli(k.StartedAt), time.UnixMilli(until)).UnixMilli()
	k.aim()
}

// running returns the open clock of a stage and order, nil for none. An empty order fits any.
func (i *Incident) running(stage clock.Stage, order string) *Clock {
	for _, k := range i.Clocks {
		if k.Stage == stage && k.Open() && (order == "" || k.OrderID == order) {
			return k
		}
	}
	return nil
}

// reckon brings the incident's nearest times and its count of late stages up to date with its clocks.
func (i *Incident) reckon() {
	i.WarnAt, i.DueAt, i.LateStages = 0, 0, 0
	nearer := func(field *int64, at int64) {
		if *field == 0 || at < *field {
			*field = at
		}
	}
	for _, k := range i.Clocks {
		if k.Late() {
			i.LateStages++
		}
		if k.Running() {
			nearer(&i.WarnAt, k.WarnAt)
			nearer(&i.DueAt, k.DueAt)
		}
	}
}

// Paused tells whether the clocks of the incident stand still.
func (i *Incident) Paused() bool { return i.SuspendedAt != 0 || i.DeferredAt != 0 }

// perOrder are the stages that belong to an order, not to the incident as a whole.
var perOrder = []clock.Stage{clock.Accept, clock.Arrive, clock.Progress, clock.Handle, clock.Reply, clock.ReportIn}

// startClock begins a stage at the time of the entry, if it has a limit and does not run already: nothing ever starts a
// running clock anew.
func (c *change) startClock(stage clock.Stage, o *Order) error {
	if c.Limits == nil {
		return nil
	}
	order, unit := c.clockOf(stage, o)
	if c.inc.running(stage, order) != nil {
		return nil
	}
	at := time.UnixMilli(c.entry.At)
	chosen, ok := c.Limits.Limit(stage, clock.Case{Category: c.inc.Category, Severity: c.inc.Severity, Channel: c.inc.Channel, Areas: c.inc.areaIDs(), Unit: unit}, at)
	if !ok {
		return nil
	}
	due, err := chosen.Due(at)
	if err != nil {
		return err
	}
	k := c.addClock(stage, order, unit)
	k.LimitID, k.Unit, k.Amount, k.Every = chosen.Limit.ID, chosen.Limit.Unit, chosen.Limit.Amount, chosen.Limit.Every
	k.DueAt, k.WarnAt = due.UnixMilli(), chosen.WarnAt(at, due).UnixMilli()
	if stage == clock.Progress { // asked for when it is due, overdue when the next one is
		k.WarnAt = k.DueAt
		if next, ok := chosen.Next(due); ok {
			k.DueAt = next.UnixMilli()
		}
	}
	c.set(k)
	return nil
}

// after returns when the next progress report is due after a moment, in unix ms.
func after(cal *clock.Calendar, k *Clock, at int64) (int64, error) {
	t, err := cal.Resume(time.UnixMilli(at), k.Unit, time.Duration(k.Every)*time.Minute)
	return t.UnixMilli(), err
}

// startClockUntil begins a stage whose end a person set.
func (c *change) startClockUntil(stage clock.Stage, o *Order, until int64) {
	order, unit := c.clockOf(stage, o)
	if k := c.inc.running(stage, order); k != nil {
		c.stopClock(k)
	}
	k := c.addClock(stage, order, unit)
	k.Unit, k.Amount = clock.Hours, max(1, (until-c.entry.At)/60_000)
	k.DueAt, k.WarnAt = until, c.entry.At+(until-c.entry.At)*4/5
	c.set(k)
}

// clockOf returns to which order a clock of a stage belongs, and whose office hours count.
func (c *change) clockOf(stage clock.Stage, o *Order) (order, unit string) {
	if o == nil {
		o = c.inc.Lead()
	}
	if o == nil || !slices.Contains(perOrder, stage) {
		return "", ""
	}
	return o.ID, o.UnitID
}

func (c *change) addClock(stage clock.Stage, order, unit string) *Clock {
	n := 1
	for _, k := range c.inc.Clocks {
		if k.Stage == stage {
			n++
		}
	}
	k := &Clock{ID: string(stage) + "." + strconv.Itoa(n), Stage: stage, OrderID: order, Office: unit, StartedAt: c.entry.At, fresh: true}
	c.inc.Clocks = append(c.inc.Clocks, k)
	return k
}

// set makes a new clock run, or stand still with the others.
func (c *change) set(k *Clock) {
	k.aim()
	if c.inc.Paused() {
		k.pause(c.entry.At)
	}
}

func (c *change) stopClock(k *Clock) { k.stop(c.entry.At) }

// turnClocks ends and begins the stages that a move names. Stages of an order are those of the order to which the move
// belongs.
func (c *change) turnClocks(stops, starts []string, o *Order) error {
	for _, stage := range stops {
		order, _ := c.clockOf(clock.Stage(stage), o)
		for _, k := range c.inc.Clocks {
			if k.Stage == clock.Stage(stage) && k.Open() && k.OrderID == order {
				c.stopClock(k)
			}
		}
	}
	for _, stage := range starts {
		if err := c.startClock(clock.Stage(stage), o); err != nil {
			return err
		}
	}
	return nil
}

// stopAll ends every clock for which keep does not hold.
func (c *change) stopAll(keep func(*Clock) bool) {
	for _, k := range c.inc.Clocks {
		if k.Open() && (keep == nil || !keep(k)) {
			c.stopClock(k)
		}
	}
}

// pauseAll lets all clocks stand still, or go on.
func (c *change) pauseAll() {
	for _, k := range c.inc.Clocks {
		k.pause(c.entry.At)
	}
}

func (c *change) resumeAll() error {
	for _, k := range c.inc.Clocks {
		if err := k.resume(c.entry.At, c.calendar(k)); err != nil {
			return err
		}
	}
	return nil
}

// calendar returns the calendar by which a clock counts.
func (c *change) calendar(k *Clock) *clock.Calendar {
	if c.Limits == nil {
		return roundTheClock
	}
	return c.Limits.Calendar(k.Office)
}

// areaIDs lists the areas in which the incident lies, from the city down.
func (i *Incident) areaIDs() []string {
	var ids []string
	for _, id := range i.LevelIDs {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}
