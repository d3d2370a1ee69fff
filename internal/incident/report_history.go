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
	h.checkPast(&f, at)
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

// checkPast notes what cannot have happened: ends that are none, steps in the future or before the one that comes first.
func (h *History) checkPast(f *fault.Fields, at int64) {
	h.System = fault.CheckText(f, "system", h.System, len(h.steps()) > 0 || h.DueAt != 0, 100)
	h.Answer = fault.CheckText(f, "answer", h.Answer, false, maxText)
	last := h.ReceivedAt
	for _, step := range []struct {
		field string
		at    int64
	}{{"accepted_at", h.AcceptedAt}, {"handled_at", h.HandledAt}, {"closed_at", h.EndedAt}} {
		switch {
		case step.at == 0:
		case step.at > at || step.at < 0:
			f.Add(step.field, "field.future")
		case step.at < last:
			f.Add(step.field, "time.before")
		default:
			last = step.at
		}
	}
	if h.DueAt != 0 && h.DueAt <= h.ReceivedAt {
		f.Add("due_at", "time.before")
	}
	if h.DueAt > h.ReceivedAt+maxDue {
		f.Add("due_at", "time.far")
	}
	switch ended := h.EndedAt != 0; {
	case h.End != "" && h.End != Closed && h.End != Rejected:
		f.Add("state", "field.choice")
	case h.End != "" && !ended:
		f.Add("closed_at", "field.required")
	case h.End == "" && ended:
		f.Add("state", "past.open_but_closed")
	}
}

// maxDue bounds how long after the receipt a matter may have had to be closed, in ms: fifty years.
const maxDue = 50 * 366 * 24 * 3600 * 1000

// dayOf is the day of a time, as the number of an incident begins with it.
func dayOf(at int64) string { return time.UnixMilli(at).Format("060102") }
