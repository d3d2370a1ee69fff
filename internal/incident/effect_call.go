package incident

// maxAgain bounds how far ahead another call may be planned: 30 days, in milliseconds.
const maxAgain = 30 * 24 * 60 * 60 * 1000

// Call is how far the calls back to whoever reported have come.
type Call struct {
	Attempts  int64
	AgainAt   int64 // when to try again, unix ms; 0 for not planned
	DoNotCall bool  // they asked not to be called
}

// Review is what a supervisor thinks of how a matter was handled.
type Review struct {
	Rating int64 // 1 to 5; 0 while nobody rated
	Text   string
	By     string
	At     int64
}

// followUp notes what came of a call back, and when to try again if nobody answered.
func (c *change) followUp() error {
	if solved, ok := c.given.Bool("solved"); ok {
		c.inc.Solved = &solved
	}
	if n, ok := c.given.Int("satisfaction"); ok {
		c.inc.Satisfaction = n
	}
	call := &c.inc.Call
	never, said := c.given.Bool("do_not_call")
	again, planned := c.given.Int("again_at")
	switch {
	case !planned:
	case c.given.Text("reached") != "no_answer" || never:
		return invalid("again_at", "follow_up.again_only")
	case again <= c.at || again > c.at+maxAgain:
		return invalid("again_at", "follow_up.again_at")
	}
	call.Attempts++
	call.AgainAt = again
	if said {
		call.DoNotCall = never
	}
	return nil
}

// review keeps the supervisor's rating; the newest counts, all stand on the timeline.
func (c *change) review() error {
	rating, _ := c.given.Int("rating")
	c.inc.Review = Review{Rating: rating, Text: c.given.Text("text"), By: c.actor.AccountID, At: c.entry.At}
	return nil
}
