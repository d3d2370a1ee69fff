package incident

import (
	"time"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// checkHistory notes everything that is wrong with a past report, like Report.check, but leaves its words as they are:
// what was written down once is not ours to trim. A past that lies ahead is refused; at is the present.
func checkHistory(in *Report, c *Categories, h *History, at int64) (*geo.Point, error) {
	title, text := in.Title, in.Text
	if in.OccurredAt == 0 {
		in.OccurredAt = h.ReceivedAt
	}
	var f fault.Fields
	if h.ReceivedAt <= 0 || h.ReceivedAt > at {
		f.Add("received_at", "field.future")
	}
	for k, v := range h.Kept {
		fault.CheckText(&f, k, v, false, maxText)
	}
	p, err := in.check(c, at)
	if wrong, ok := fault.As(err); ok && wrong.Code == "invalid" {
		f = append(f, wrong.Fields...)
	} else if err != nil {
		return nil, err
	}
	in.Text = text
	if title != "" {
		in.Title = title
	}
	return p, f.Err()
}

// dayOf is the day of a time, as the number of an incident begins with it.
func dayOf(at int64) string { return time.UnixMilli(at).Format("060102") }
