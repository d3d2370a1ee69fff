package stats

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/db"
)

// recount is a full count on its way. It goes through the facts and the sums month by month.
type recount struct {
	*Service
	*Recounted
	q       db.Querier
	state   fillState
	zone    *time.Location
	waiting map[string]bool
	left    moves // what was counted less what is kept
	done    int64
	all     int64
	tell    func(facts, of int64)
}

// facts compares every fact with its incident, and the sums with the facts. What happened in another month than the
// one of receipt stays in left until that month is counted too.
func (c *recount) facts(ctx context.Context) (err error) {
	if c.all, err = countFacts(ctx, c.q); err != nil {
		return err
	}
	months, err := monthsOfFigures(ctx, c.q)
	if err != nil {
		return err
	}
	for _, month := range months {
		if err := c.month(ctx, month); err != nil {
			return err
		}
	}
	if c.done != c.all {
		c.say("there are %d facts, %d of them on a day", c.all, c.done)
	}
	for _, key := range c.left.keys() {
		c.differs(key, Measures)
	}
	return nil
}

func (c *recount) month(ctx context.Context, month string) error {
	ids, err := factsOfMonth(ctx, c.q, month)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(ids, recountBatch) {
		if err := c.batch(ctx, part); err != nil {
			return err
		}
		if c.done += int64(len(part)); c.tell != nil {
			c.tell(c.done, c.all)
		}
	}
	if err := takeKept(ctx, c.q, month, c.left); err != nil {
		return err
	}
	for _, key := range c.left.keys() {
		c.differs(key, cohort)
		if c.left[key].zero() {
			delete(c.left, key)
		}
	}
	return nil
}

// differs tells of what differs in a row of the sums and takes it as settled.
func (c *recount) differs(key figureKey, measures []Measure) {
	var list []string
	for _, m := range measures {
		n := indexOf[m.Name]
		if left := c.left[key][n]; left != 0 {
			list = append(list, fmt.Sprintf("%s %+d", m.Name, -left))
			c.left[key][n] = 0
		}
	}
	if len(list) > 0 {
		c.say("sums of %s %q in %q under %q on %s: %s", key.dim, key.id, key.street, key.parent, key.day, strings.Join(list, ", "))
	}
}

// batch counts some facts and compares them with their incidents.
func (c *recount) batch(ctx context.Context, ids []string) error {
	facts, err := readStored(ctx, c.q, ids)
	if err != nil {
		return err
	}
	matters, err := c.Source.Matters(ctx, c.q, ids)
	if err != nil {
		return err
	}
	byID := make(map[string]*Matter, len(matters))
	for _, m := range matters {
		byID[m.ID] = m
	}
	for _, f := range facts {
		c.left.add(f.Fact, 1)
		for n, m := range cohort {
			if is := m.of(f.Fact); f.measures[n] != is {
				c.say("incident %s: %s is kept as %d, counted %d", f.ID, m.Name, f.measures[n], is)
			}
		}
		if err := c.fact(ctx, f.Fact, byID[f.ID]); err != nil {
			return err
		}
	}
	return nil
}

// fact compares one fact with its incident. Where it was filed stays as it was found first; the area itself is the
// incident's own word.
func (c *recount) fact(ctx context.Context, f *Fact, m *Matter) error {
	switch {
	case m == nil:
		c.say("incident %s: it is counted, but is not there", f.ID)
		return nil
	case f.Seq != m.Seq && c.waiting[f.ID]:
		c.Waiting++
		return nil
	case f.Seq != m.Seq:
		c.say("incident %s: it has %d entries, counted were %d, and no event of it is still to come", f.ID, m.Seq, f.Seq)
		return nil
	case f.Area != m.FiledArea:
		c.say("incident %s: it was filed in area %q, counted in %q", f.ID, m.FiledArea, f.Area)
		return nil
	}
	c.Recounted.Facts++
	fresh, err := c.factOf(ctx, m, f, c.zone)
	if err == nil && *fresh != *f {
		c.say("incident %s: counted %+v, is %+v", f.ID, *f, *fresh)
	}
	return err
}
