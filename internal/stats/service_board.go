package stats

import (
	"context"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// rankDays is over how many days up to a board's day rates are taken: of one day they say little.
const rankDays = 30

// Board counts everything that a wall shows of an area and a day within the actor's scope; with ” of everything in it
// and today. Somebody with areas and units sees the areas. The same answer is given for half a second. Faults as Table
// has them.
func (s *Service) Board(ctx context.Context, actor authz.Actor, area, day string) (*Board, error) {
	r, err := s.reachOf(actor, area)
	if err != nil {
		return nil, err
	}
	if r.mixed() {
		r.units = nil
	}
	if day == "" {
		day = s.today()
	}
	at, err := parseDay(day)
	if err != nil {
		var f fault.Fields
		f.Add("day", "figures.day")
		return nil, f.Err()
	}
	return s.boards.get(ctx, boardKey(r, day), s.Clock.Now(), func(ctx context.Context) (*Board, error) {
		return s.countBoard(ctx, r, at)
	})
}

// boardKey names what a board shows: it is the same for everybody with the same scope.
func boardKey(r reach, day string) string {
	key := []string{day}
	if r.all {
		key = append(key, "all")
	}
	for _, a := range r.areas {
		key = append(key, "a:"+a.ID)
	}
	for _, a := range r.tops {
		key = append(key, "t:"+a.ID)
	}
	for _, u := range slices.Sorted(slices.Values(r.units)) {
		key = append(key, "u:"+u)
	}
	return strings.Join(key, "|")
}

func (s *Service) countBoard(ctx context.Context, r reach, at time.Time) (*Board, error) {
	b := &Board{At: s.Clock.Now().UnixMilli(), Day: dayText(at), Zone: s.zone().String(), States: map[string]int64{}}
	b.Area = s.boardArea(r)
	c := &boardCount{Service: s, reach: r, Board: b, day: at, is: period{at, at}, month: period{at.AddDate(0, 0, -rankDays+1), at}, today: dayText(at) == s.today()}
	err := s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		if b.Position, err = followedTo(ctx, q, s.Topic); err != nil {
			return err
		}
		state, err := readState(ctx, q)
		if err != nil {
			return err
		}
		b.Filling = !state.filled
		for _, part := range []func(context.Context, db.Querier) error{c.ofDay, c.ofEvents, c.carried, c.rankAreas, c.rankUnits, c.cards} {
			if err := part(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// boardArea says which area a board shows, the way up to it, and where one can go down.
func (s *Service) boardArea(r reach) BoardArea {
	out := BoardArea{Path: []AreaRef{}, Children: []AreaRef{}}
	if len(r.areas) == 1 {
		out.AreaRef = r.areas[0]
		out.Path = r.visible(s.Places.Path(out.ID))
		out.Children = append(out.Children, s.Places.Children(out.ID)...)
		return out
	}
	if r.all {
		out.Children = append(out.Children, s.Places.Children("")...)
	} else {
		out.Children = append(out.Children, r.areas...)
	}
	return out
}
