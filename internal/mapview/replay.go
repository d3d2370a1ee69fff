package mapview

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
)

// Course is how the points of a day stood in its course, by seconds from its beginning.
type Course struct {
	From, To int64 // the day's instants, unix ms
	Points   []Passage
}

// Passage is how one point stood in the course of a day.
type Passage struct {
	Point
	Steps []int // second and number of the mark, one pair after the other; -1 for no longer shown
	Late  []int // first second of being overdue and the one after the last, one pair after the other
}

// Replay returns the course of a day.
func (s *Service) Replay(ctx context.Context, actor authz.Actor, q Query) (*Course, error) {
	f, err := s.filter(q)
	if err != nil {
		return nil, err
	}
	lives, err := s.Source.Lives(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	c := &Course{From: f.From, To: f.To}
	for _, l := range lives {
		if p := passageOf(l, f); len(p.Steps) > 0 {
			c.Points = append(c.Points, p)
		}
	}
	return c, nil
}

// passageOf reduces a life to one day. What ended before the day has no steps.
func passageOf(l Life, f Filter) Passage {
	p := Passage{Point: l.Point}
	second := func(at int64) int { return int(max(0, min(at, f.To)-f.From) / 1000) }
	before := -1 // how it stood as the day began
	for _, step := range l.Steps {
		mark := markOf(step.State, step.Lead)
		switch {
		case step.At < f.From:
			before = mark
			if mark >= 0 && Marks[mark] == "closed" {
				before = -1 // closed on an earlier day: the day begins without it
			}
			continue
		case step.At >= f.To:
			continue
		case len(p.Steps) == 0 && before >= 0:
			p.Steps = append(p.Steps, 0, before)
		}
		p.Steps = addStep(p.Steps, second(step.At), mark)
	}
	if len(p.Steps) == 0 && before >= 0 {
		p.Steps = append(p.Steps, 0, before)
	}
	p.Late = spansOf(l.Late, f, second)
	return p
}

// addStep adds a step; of several in one second the last counts.
func addStep(steps []int, second, mark int) []int {
	n := len(steps)
	if n >= 2 && steps[n-2] == second {
		steps[n-1] = mark
		return steps
	}
	return append(steps, second, mark)
}

// spansOf joins the times of several limits that were used up at once.
func spansOf(late []Span, f Filter, second func(int64) int) (out []int) {
	slices.SortFunc(late, func(a, b Span) int { return int(a.From - b.From) })
	for _, span := range late {
		to := span.To
		if to == 0 || to > f.To {
			to = f.To
		}
		if to <= f.From || span.From >= f.To {
			continue
		}
		from, until := second(span.From), second(to)
		if n := len(out); n > 0 && from <= out[n-1] {
			out[n-1] = max(out[n-1], until)
			continue
		}
		out = append(out, from, until)
	}
	return out
}
