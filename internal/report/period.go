package report

import "time"

const dayForm = "2006-01-02"

// Period is a row of whole days, both within.
type Period struct{ From, To time.Time }

// Days returns the first and the last day in words of the store.
func (p Period) Days() (from, to string) { return p.From.Format(dayForm), p.To.Format(dayForm) }

// Length is how many days it has.
func (p Period) Length() int { return int(p.To.Sub(p.From).Hours()/24+0.5) + 1 }

// of returns the period of a kind in which a day lies: the day, its week from Monday, or its month.
func (k Kind) of(day time.Time) Period {
	switch k {
	case Weekly:
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		return Period{monday, monday.AddDate(0, 0, 6)}
	case Monthly:
		first := day.AddDate(0, 0, 1-day.Day())
		return Period{first, first.AddDate(0, 1, -1)}
	}
	return Period{day, day}
}

// before returns the period before.
func (k Kind) before(p Period) Period { return k.of(p.From.AddDate(0, 0, -1)) }

// yearBefore returns the same period a year before: the same date, the week with the same Monday 52 weeks earlier, or
// the same month. The 29th of February has the 28th before it.
func (k Kind) yearBefore(p Period) Period {
	switch k {
	case Weekly:
		return Period{p.From.AddDate(0, 0, -364), p.To.AddDate(0, 0, -364)}
	case Monthly:
		return k.of(p.From.AddDate(-1, 0, 0))
	}
	day := p.From.AddDate(-1, 0, 0)
	if day.Month() != p.From.Month() {
		day = day.AddDate(0, 0, -1)
	}
	return Period{day, day}
}

// shown returns the days that the chart of a report has: its own, and with a day the week that ends with it.
func (k Kind) shown(p Period) Period {
	if k == Daily {
		return Period{p.From.AddDate(0, 0, -6), p.To}
	}
	return p
}

// dayOf reads a day as the store writes it; days are counted without a zone.
func dayOf(text string) (time.Time, bool) {
	at, err := time.Parse(dayForm, text)
	return at, err == nil
}

// today is the day of an instant in a zone.
func today(at time.Time, zone *time.Location) time.Time {
	at = at.In(zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}
