package demo

import (
	"math/rand/v2"
	"strings"
	"time"
)

// Hours of a day in which something is reported, by what it is: so often out of all in that hour.
var (
	anyHours     = [24]int{2, 1, 1, 1, 1, 2, 4, 9, 12, 13, 12, 10, 8, 9, 11, 11, 10, 10, 10, 9, 8, 7, 5, 3}
	nightHours   = [24]int{14, 10, 6, 2, 1, 1, 2, 2, 1, 1, 1, 1, 4, 5, 2, 1, 1, 1, 3, 6, 10, 14, 18, 18}
	marketHours  = [24]int{0, 0, 0, 0, 1, 4, 12, 18, 16, 12, 9, 7, 4, 3, 4, 5, 7, 8, 6, 4, 2, 1, 0, 0}
	eveningHours = [24]int{1, 1, 0, 0, 0, 1, 3, 5, 4, 3, 3, 4, 5, 3, 3, 4, 6, 9, 12, 14, 14, 10, 5, 2}
	officeHours  = [24]int{0, 0, 0, 0, 0, 0, 0, 1, 8, 16, 17, 12, 3, 4, 12, 14, 12, 8, 2, 1, 1, 0, 0, 0}
)

// hoursOf returns the hours in which a category mostly comes.
func hoursOf(category string) *[24]int {
	switch category {
	case "security.noise", "security.fight":
		return &nightHours
	case "enforcement.market", "enforcement.stall":
		return &marketHours
	case "environment.light", "environment.smoke", "safety.ebike", "security.dog", "dispute.neighbour", "dispute.family":
		return &eveningHours
	case "livelihood.school", "livelihood.housing":
		return &officeHours
	}
	if strings.HasPrefix(category, "petition.") {
		return &officeHours
	}
	return &anyHours
}

// share tells how much of a week's work falls on a weekday, in percent of an ordinary one.
var share = [7]int{78, 112, 106, 102, 100, 108, 84}

// wet are the categories that a rainy day brings.
var wet = []string{"safety.water", "safety.water", "safety.water", "environment.green", "environment.sewage", "safety.wiring", "safety.falling", "environment.road"}

// rains tells whether it rained on a day: about one in six, often two in a row.
func rains(day time.Time) bool {
	n := day.Unix() / 86_400
	first := func(n int64) bool { return uint64(n)*0x9E3779B97F4A7C15>>33%9 == 0 }
	return first(n) || first(n-1)
}

// at picks an hour by weight, and a minute.
func clockTime(rng *rand.Rand, hours *[24]int) (hour, minute, second int) {
	total := 0
	for _, n := range hours {
		total += n
	}
	k := rng.IntN(total)
	for i, n := range hours {
		if k -= n; k < 0 {
			hour = i
			break
		}
	}
	return hour, rng.IntN(60), rng.IntN(60)
}

// calendar shares a span of days out to incidents.
type calendar struct {
	until time.Time
	days  int
	total int // sum of the shares of its days
}

func newCalendar(until time.Time, days int) calendar {
	c := calendar{until: until, days: days}
	for i := range days {
		c.total += share[c.day(i).Weekday()]
	}
	return c
}

// day is the midnight i days before the last one.
func (c calendar) day(i int) time.Time {
	y, m, d := c.until.Date()
	return time.Date(y, m, d-i, 0, 0, 0, 0, c.until.Location())
}

// pick picks a day by the week's rhythm.
func (c calendar) pick(rng *rand.Rand) time.Time {
	k := rng.IntN(c.total)
	for i := range c.days {
		day := c.day(i)
		if k -= share[day.Weekday()]; k < 0 {
			return day
		}
	}
	return c.day(0)
}

// moment is when something of a category is reported on a day, or a day earlier where that has not come yet.
func (c calendar) moment(rng *rand.Rand, day time.Time, category string) time.Time {
	h, m, s := clockTime(rng, hoursOf(category))
	at := time.Date(day.Year(), day.Month(), day.Day(), h, m, s, rng.IntN(1000)*1_000_000, day.Location())
	for at.After(c.until.Add(-40 * time.Minute)) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// opens moves what an office does at night to its next morning.
func opens(rng *rand.Rand, at time.Time) time.Time {
	if h := at.Hour(); h >= 8 && h < 19 {
		return at
	}
	next := time.Date(at.Year(), at.Month(), at.Day(), 8, 30, 0, 0, at.Location())
	if at.Hour() >= 19 {
		next = next.AddDate(0, 0, 1)
	}
	return next.Add(minutes(rng, 1, 90))
}
