package app

import (
	"time"

	"gezhi/internal/clock"
)

// workdays tells the routing rules on which days offices work, by the common calendar.
type workdays struct{ app *App }

func (w workdays) Workday(at time.Time) bool {
	begin := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
	return w.app.Limits.Table().Calendar("").Worked(clock.WorkingHours, begin, begin.AddDate(0, 0, 1)) > 0
}
