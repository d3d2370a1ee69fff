package stats

import (
	"cmp"
	"context"
	"slices"

	"gezhi/internal/kit/db"
)

const maxCards = 12

// cards picks the newest of the day and the most urgent of everything that is open.
func (c *boardCount) cards(ctx context.Context, q db.Querier) error {
	newest := slices.Clone(c.facts)
	slices.SortFunc(newest, func(a, b *Fact) int {
		return cmp.Or(cmp.Compare(b.ReceivedAt, a.ReceivedAt), cmp.Compare(b.ID, a.ID))
	})
	newest, err := factsOf(ctx, q, newest[:min(maxCards, len(newest))])
	if err != nil {
		return err
	}
	w := c.few()
	w.add("is_open")
	urgent, err := listFacts(ctx, q, w, urgentFirst, maxCards)
	if err != nil {
		return err
	}
	var ids []string
	for _, f := range append(slices.Clone(newest), urgent...) {
		ids = append(ids, f.ID)
	}
	words, err := c.words(ctx, q, ids)
	if err != nil {
		return err
	}
	c.Newest, c.Urgent = c.cardsOf(newest, words), c.cardsOf(urgent, words)
	return nil
}

// factsOf reads facts whole, in the order of a list.
func factsOf(ctx context.Context, q db.Querier, list []*Fact) ([]*Fact, error) {
	ids := make([]string, len(list))
	for n, f := range list {
		ids[n] = f.ID
	}
	byID, err := readFacts(ctx, q, ids)
	out := make([]*Fact, 0, len(list))
	for _, id := range ids {
		if f := byID[id]; f != nil {
			out = append(out, f)
		}
	}
	return out, err
}

// words reads incidents for what cards say in words.
func (s *Service) words(ctx context.Context, q db.Querier, ids []string) (map[string]*Matter, error) {
	slices.Sort(ids)
	list, err := s.Source.Matters(ctx, q, slices.Compact(ids))
	byID := make(map[string]*Matter, len(list))
	for _, m := range list {
		byID[m.ID] = m
	}
	return byID, err
}

func (s *Service) cardsOf(facts []*Fact, words map[string]*Matter) []Card {
	list := make([]Card, 0, len(facts))
	for _, f := range facts {
		k := Card{ID: f.ID, Number: f.Number, Category: f.Category, State: f.State, ReceivedAt: f.ReceivedAt, Overdue: f.overdue(), Emergency: f.emergency(),
			DueAt: f.DueAt, AreaName: s.areaName(f)}
		if m := words[f.ID]; m != nil {
			k.Title = m.Title
		}
		if k.Who = s.Names.Person(f.Person); k.Who == "" {
			k.Who = s.Names.Unit(f.Unit)
		}
		list = append(list, k)
	}
	return list
}

// areaName names the deepest area of a fact that is still there.
func (s *Service) areaName(f *Fact) string {
	for n := len(f.Levels) - 1; n >= 0; n-- {
		if path := s.Places.Path(f.Levels[n]); f.Levels[n] != "" && len(path) > 0 {
			return path[len(path)-1].Name
		}
	}
	return ""
}
