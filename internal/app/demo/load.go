package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"gezhi/internal/grid"
)

// ErrNotEmpty says that a store already holds areas or accounts. The demo is never mixed with real work.
var ErrNotEmpty = errors.New("the store is not empty: the demo needs a folder (GEZHI_DATA) or database (GEZHI_DB) of its own")

// lead is how long before the history the office was set up.
const lead = 24 * time.Hour

// Load fills an empty store with a demo of a size: areas, units, people, and incidents up to the clock's present time.
// It turns the clock meanwhile and releases it at the end, so nothing else may run beside it. With the same time it
// makes the same demo, apart from ids and keys. It takes some seconds. A store in which it failed half-way must be
// thrown away.
func Load(ctx context.Context, s Services, size Size) error { return s.load(ctx, size, true) }

// LoadOffice is Load without the incidents: the same areas, units, accounts and places, and nothing reported yet.
func LoadOffice(ctx context.Context, s Services, size Size) error { return s.load(ctx, size, false) }

func (s Services) load(ctx context.Context, size Size, work bool) error {
	p, err := planOf(size)
	if err != nil {
		return err
	}
	empty, err := s.empty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return ErrNotEmpty
	}
	until := s.Clock.Now()
	defer s.Clock.Release()
	s.Clock.Set(until.AddDate(0, 0, -p.days).Add(-lead))
	n, err := s.build(ctx, p)
	if err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	if !work {
		return s.dispatchByRule(ctx)
	}
	if err := n.makeHistory(ctx, until); err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	s.Clock.Set(until)
	if err := n.makeAbsences(ctx, until); err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	s.Clock.Set(until.Add(-30 * time.Second))
	if err := n.makeJoined(ctx); err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	s.Clock.Set(until)
	if err := s.dispatchByRule(ctx); err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	return nil
}

func (s Services) empty(ctx context.Context) (bool, error) {
	if s.Grid.Tree().Len() > 0 {
		return false, nil
	}
	return s.People.SetupNeeded(ctx)
}

// build makes the office.
func (s Services) build(ctx context.Context, p plan) (*narrator, error) {
	file, err := p.areas()
	if err != nil {
		return nil, err
	}
	if _, err := s.Grid.ImportAreas(ctx, machine, bytes.NewReader(file), grid.ImportOptions{Datum: "wgs84", Source: "invented for the demo"}); err != nil {
		return nil, err
	}
	for _, make := range []func(context.Context, plan) error{
		func(ctx context.Context, _ plan) error { return s.setUp(ctx) }, s.makeUnits, s.makeStaff, s.makeAccounts, s.makeRules, s.makePhrases,
	} {
		if err := make(ctx, p); err != nil {
			return nil, err
		}
	}
	n, err := s.narrator(ctx, p)
	if err != nil {
		return nil, err
	}
	return n, s.makePlaces(ctx, n.homes)
}

// narrator returns who tells the stories of the store as it is now.
func (s Services) narrator(ctx context.Context, p plan) (*narrator, error) {
	b, err := readBook()
	if err != nil {
		return nil, err
	}
	c, err := s.crew(ctx)
	if err != nil {
		return nil, err
	}
	return &narrator{reporters: reporters{book: b, crew: c, homes: s.homes(p, b)}, services: s, street: p, units: s.unitCodes(), pictures: album{}}, nil
}
