package window

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
)

// Day is one day at the windows of an office: its windows, all numbers in the order in which they were drawn, and the
// figures by kind.
type Day struct {
	Office  Office
	Day     string
	Windows []Window
	Numbers []*QueueNumber
	Figures []Figures
}

// Figures count one kind of window on one day.
type Figures struct {
	Kind    string `json:"kind"`
	Taken   int64  `json:"taken"`
	Waiting int64  `json:"waiting"`
	Served  int64  `json:"served" doc:"done or being served"`
	Skipped int64  `json:"skipped"`
	Wait    *int64 `json:"wait_median,omitempty" doc:"ms from drawing to the first call, the median of those called; left out while nobody was"`
}

// Today returns the day as it stands now. An empty office is the first one that the actor serves.
func (s *Service) Today(ctx context.Context, actor authz.Actor, office string) (*Day, error) {
	o, err := s.officeFor(ctx, actor, office)
	if err != nil {
		return nil, err
	}
	all, err := readWindows(ctx, s.DB.Read())
	if err != nil {
		return nil, err
	}
	d := &Day{Office: o, Day: s.day()}
	d.Windows = slices.DeleteFunc(all, func(w Window) bool { return w.Office != o.ID })
	if d.Numbers, err = numbersOf(ctx, s.DB.Read(), o.ID, d.Day); err != nil {
		return nil, err
	}
	for _, n := range d.Numbers {
		s.settle(n)
	}
	for _, kind := range Kinds {
		d.Figures = append(d.Figures, figuresOf(kind, d.Numbers))
	}
	return d, nil
}

func figuresOf(kind string, numbers []*QueueNumber) Figures {
	f := Figures{Kind: kind}
	var waits []int64
	for _, n := range numbers {
		if n.Kind != kind {
			continue
		}
		f.Taken++
		switch n.State {
		case Waiting:
			f.Waiting++
		case Serving, Done:
			f.Served++
		case Skipped:
			f.Skipped++
		}
		if n.FirstCalledAt > 0 {
			waits = append(waits, n.FirstCalledAt-n.TakenAt)
		}
	}
	if len(waits) > 0 {
		slices.Sort(waits)
		median := (waits[(len(waits)-1)/2] + waits[len(waits)/2]) / 2
		f.Wait = &median
	}
	return f
}
