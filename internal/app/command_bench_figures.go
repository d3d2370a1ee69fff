package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"strings"
	"time"

	"gezhi/internal/app/bench"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
)

type figuresBenchCmd struct {
	Incidents int    `help:"Incidents in the store." default:"1000000"`
	Days      int    `help:"Over how many days they are spread." default:"1000"`
	Times     int    `help:"How often each question is asked." default:"100"`
	Engine    string `help:"Engine to measure: sqlite, postgres or both." enum:"sqlite,postgres,both" default:"both"`
}

// Run measures on empty stores of its own, which it removes afterwards.
func (cmd *figuresBenchCmd) Run(ctx context.Context) error {
	logTo(slog.LevelWarn)
	fmt.Println("command:", strings.Join(os.Args, " "))
	fmt.Println("GET over HTTP on loopback, each answer counted anew; stale: from the answer to a report until a wall that asks every 20 ms shows it")
	return eachEngine(ctx, cmd.Engine, cmd.measure)
}

func (cmd *figuresBenchCmd) measure(ctx context.Context, a *App, engine string) error {
	office, err := a.benchOfficeOf(ctx, 3)
	if err != nil {
		return err
	}
	if _, err := a.Stats.Fill(ctx); err != nil {
		return err
	}
	began := time.Now()
	if err := a.benchPast(ctx, office, cmd.Incidents, cmd.Days); err != nil {
		return err
	}
	fmt.Printf("%-9s %d incidents over %d days written in %.0f s\n", engine, cmd.Incidents, cmd.Days, time.Since(began).Seconds())
	if err := bench.Settle(ctx, a.DB.Pool(), engine); err != nil {
		return err
	}
	return a.served(ctx, func(addr string) error {
		office.Addr = addr
		for _, q := range cmd.questions(a) {
			got, err := bench.Ask(office, q.name, q.paths)
			if err != nil {
				return err
			}
			fmt.Printf("%-9s %-44s p50 %6.1f p95 %6.1f p99 %6.1f ms, %.1f KB\n", engine, got.Name, msOf(got.Took.P50), msOf(got.Took.P95), msOf(got.Took.P99), float64(got.Size)/1000)
		}
		stale, err := bench.Stale(office, cmd.street(a), min(30, cmd.Times))
		if err != nil {
			return err
		}
		fmt.Printf("%-9s %-44s p50 %6.0f p95 %6.0f p99 %6.0f ms\n", engine, "stale after a report", msOf(stale.P50), msOf(stale.P95), msOf(stale.P99))
		began := time.Now()
		r, err := a.Stats.Recount(ctx, nil)
		if err == nil && len(r.Differences) > 0 {
			err = fmt.Errorf("%d figures differ from a full count: %s", len(r.Differences), r.Differences[0])
		}
		fmt.Printf("%-9s recount of %d facts beside the server: equal, %.1f s\n", engine, r.Facts, time.Since(began).Seconds())
		return err
	})
}

type figuresQuestion struct {
	name  string
	paths []string
}

func (cmd *figuresBenchCmd) street(a *App) string {
	return levelOf(a.Grid.Tree(), grid.Street)[0].ID
}

// levelOf lists the areas of a level.
func levelOf(tree *grid.Tree, level grid.Level) []grid.Area {
	list := tree.Children("")
	for len(list) > 0 && list[0].Level != level {
		var below []grid.Area
		for _, area := range list {
			below = append(below, tree.Children(area.ID)...)
		}
		list = below
	}
	return list
}

// questions asks for every panel, each time of another day or area, so that no answer is one that was kept.
func (cmd *figuresBenchCmd) questions(a *App) []figuresQuestion {
	tree := a.Grid.Tree()
	street, communities, grids := cmd.street(a), levelOf(tree, grid.Community), levelOf(tree, grid.Grid)
	day := func(ago int) string { return time.Now().AddDate(0, 0, -ago).Format(time.DateOnly) }
	var list []figuresQuestion
	ask := func(name, path string, params func(n int) []string) {
		q := figuresQuestion{name: name}
		for n := range cmd.Times {
			values := url.Values{}
			for p := params(n % max(1, cmd.Days/2)); len(p) > 1; p = p[2:] {
				values.Set(p[0], p[1])
			}
			q.paths = append(q.paths, "/api/v1/figures"+path+"?"+values.Encode())
		}
		list = append(list, q)
	}
	ask("board of a street", "/board", func(n int) []string { return []string{"area", street, "day", day(n)} })
	ask("board of a community", "/board", func(n int) []string { return []string{"area", communities[n%len(communities)].ID, "day", day(n)} })
	ask("board of a grid", "/board", func(n int) []string { return []string{"area", grids[n%len(grids)].ID, "day", day(n)} })
	ask("30 days by community, against a year before", "", func(n int) []string {
		return []string{"by", "area", "area", street, "from", day(n + 30), "to", day(n), "compare", "year"}
	})
	ask("30 days by unit", "", func(n int) []string { return []string{"by", "unit", "from", day(n + 30), "to", day(n)} })
	ask("30 days by category", "", func(n int) []string { return []string{"by", "category", "from", day(n + 30), "to", day(n)} })
	ask("a year by month", "", func(n int) []string { return []string{"by", "month", "from", day(n + 365), "to", day(n)} })
	ask("a year by micro-grid", "", func(n int) []string {
		return []string{"by", "area", "level", "microgrid", "area", street, "from", day(n + 365), "to", day(n)}
	})
	ask("all days, total", "", func(n int) []string { return []string{"from", day(cmd.Days + n), "to", day(0)} })
	ask("7 days, one unit by category (one by one)", "", func(n int) []string {
		return []string{"by", "category", "unit", a.People.Directory().OpenUnits()[0].ID, "from", day(n + 7), "to", day(n)}
	})
	ask("why was it late, a day of a street", "/late", func(n int) []string { return []string{"area", street, "from", day(n + 1), "to", day(n + 1)} })
	return list
}

// benchPast writes closed incidents over so many days, and of the last days some that are open.
func (a *App) benchPast(ctx context.Context, office *bench.Office, incidents, days int) error {
	clock := now.NewManual(time.Now())
	ledger, machine := a.Incident.Ledger(clock), authz.System("bench")
	units := a.People.Directory().OpenUnits()
	categories := []string{"environment.light", "environment.rubbish", "security.noise", "safety.fire", "petition", "livelihood"}
	channels := []string{"hotline", "app", "patrol", "video", "window"}
	rng := rand.New(rand.NewPCG(1, 2))
	var lives []*incident.Life
	write := func() error {
		err := ledger.WritePast(ctx, lives, func(context.Context, db.Tx) error { return nil })
		lives = nil
		return err
	}
	begin := time.Now().Truncate(time.Hour).AddDate(0, 0, -days+1)
	for n := range incidents {
		day := n * days / incidents
		clock.Set(begin.AddDate(0, 0, day).Add(-time.Duration(rng.IntN(20*3600)) * time.Second))
		place := office.Places[rng.IntN(len(office.Places))]
		life, err := ledger.Report(machine, incident.Report{Text: "小区门口的路灯不亮。", Channel: channels[rng.IntN(len(channels))], Lon: &place[0], Lat: &place[1],
			Category: usable(a, categories[rng.IntN(len(categories))], office.Category), ExternalID: fmt.Sprintf("bench-%d", n)})
		if err != nil {
			return err
		}
		if err := a.benchLife(ledger, machine, clock, rng, life, units[n%len(units)].ID, day < days-3 || n%3 > 0); err != nil {
			return err
		}
		if lives = append(lives, life); len(lives) == 500 {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}

func usable(a *App, category, otherwise string) string {
	if a.Incident.Categories().Usable(category) {
		return category
	}
	return otherwise
}

// benchLife lets an incident be sent, reached, handled and closed, some of them late.
func (a *App) benchLife(l *incident.Ledger, by authz.Actor, clock *now.Manual, rng *rand.Rand, life *incident.Life, unit string, whole bool) error {
	steps := []struct {
		do     string
		within int // seconds
		fields map[string]any
	}{
		{"dispatch", 65, map[string]any{"unit": unit}}, {"accept_order", 90, nil}, {"arrive", 330, map[string]any{"reason": "定位不准"}},
		{"handle", 7200, map[string]any{"result": "已修好"}}, {"check_pass", 3600, nil}, {"close", 3600, map[string]any{"answer": "已修好"}},
	}
	if !whole {
		steps = steps[:2]
	}
	for _, s := range steps {
		clock.Advance(time.Duration(1+rng.IntN(s.within)) * time.Second)
		act := incident.Action{Do: s.do, Fields: map[string]json.RawMessage{}}
		for name, value := range s.fields {
			raw, err := json.Marshal(value)
			if err != nil {
				return err
			}
			act.Fields[name] = raw
		}
		if err := l.Act(by, life, act); err != nil {
			return err
		}
	}
	return nil
}
