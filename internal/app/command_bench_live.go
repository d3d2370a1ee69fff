package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"gezhi/internal/app/bench"
	"gezhi/internal/dispatch"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// phoneParts cuts the street of a live measurement: four by four, three times over, are 4,096 micro-grids. Every one has
// a worker to whom its matters go; phones beyond that number belong to further workers.
const phoneParts = 4

type liveBenchCmd struct {
	Phones  []int  `help:"Connected phones, one measurement each." default:"1000,10000"`
	Rate    []int  `help:"Reports a second, one measurement each." default:"50,200"`
	Seconds int    `help:"Length of each measurement." default:"20"`
	Engine  string `help:"Engine to measure: sqlite, postgres or both." enum:"sqlite,postgres,both" default:"sqlite"`
}

type phonesCmd struct {
	Addr string `arg:""`
}

// Run keeps phones connected; see bench.Phones.
func (cmd *phonesCmd) Run() error { return bench.Phones(cmd.Addr, os.Stdin, os.Stdout) }

// Run measures on empty stores of its own, which it removes afterwards.
func (cmd *liveBenchCmd) Run(ctx context.Context) error {
	logTo(slog.LevelWarn)
	fmt.Println("command:", strings.Join(os.Args, " "))
	fmt.Println("report: POST /api/v1/incidents at fixed moments; a rule sends each to the worker of its micro-grid; a phone is a live stream of that worker, in a second process")
	return eachEngine(ctx, cmd.Engine, cmd.measure)
}

// eachEngine runs a measurement on a fresh store of each engine.
func eachEngine(ctx context.Context, engines string, measure func(ctx context.Context, a *App, engine string) error) error {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		if engines != "both" && engines != string(engine) {
			continue
		}
		if err := onFresh(ctx, engine, measure); err != nil {
			return err
		}
	}
	return nil
}

func onFresh(ctx context.Context, engine db.Engine, measure func(ctx context.Context, a *App, engine string) error) error {
	c, folder, err := benchFolder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var stores bench.Stores
	if engine == db.Postgres {
		if stores.Admin = os.Getenv(benchPostgres); stores.Admin == "" {
			return errors.New(benchPostgres + " is not set: make bench starts a PostgreSQL of its own")
		}
	}
	defer stores.Drop(context.WithoutCancel(ctx))
	if c.DB, err = stores.Make(ctx); err != nil {
		return err
	}
	a, err := Open(ctx, c, now.System{})
	if err != nil {
		return err
	}
	return errors.Join(measure(ctx, a, string(engine)), a.Close())
}

func (cmd *liveBenchCmd) measure(ctx context.Context, a *App, engine string) error {
	most := 0
	for _, n := range cmd.Phones {
		most = max(most, n)
	}
	office, phones, err := a.benchStreet(ctx, most)
	if err != nil {
		return err
	}
	return a.served(ctx, func(addr string) error {
		office.Addr = addr
		for _, n := range cmd.Phones {
			if err := cmd.with(ctx, engine, office, phones[:min(n, len(phones))]); err != nil {
				return err
			}
		}
		return nil
	})
}

// served runs the server while something is done with it.
func (a *App) served(ctx context.Context, do func(addr string) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready, over := make(chan string, 1), make(chan error, 1)
	go func() { over <- a.Serve(ctx, func(addr string) { ready <- addr }) }()
	select {
	case addr := <-ready:
		err := do(addr)
		stop()
		return errors.Join(err, <-over)
	case err := <-over:
		return err
	}
}

// with connects phones and measures at each rate. Reports go to the areas of connected phones only.
func (cmd *liveBenchCmd) with(ctx context.Context, engine string, office *bench.Office, phones []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.CommandContext(ctx, self, "bench", "phones", office.Addr)
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	if err != nil {
		return err
	}
	out, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return err
	}
	heard := bufio.NewScanner(out)
	if _, err := io.WriteString(in, strings.Join(phones, "\n")+"\n\n"); err != nil {
		return err
	}
	if !heard.Scan() || !strings.HasPrefix(heard.Text(), "ready ") {
		return errors.Join(errors.New("the phones did not connect"), child.Wait())
	}
	phone := bench.Hear(heard)
	near := *office
	near.Places = office.Places[:min(len(phones), len(office.Places))]
	for _, rate := range cmd.Rate {
		p, err := bench.Minute(&near, len(phones), rate, time.Duration(cmd.Seconds)*time.Second, phone)
		if err != nil {
			return err
		}
		bench.PrintPace(os.Stdout, engine, p)
	}
	return errors.Join(in.Close(), child.Wait())
}

// benchStreet fills an empty store with a street of micro-grids, each with a worker to whom a rule sends what is
// reported there, and returns the session tokens of as many workers as are asked for, in the order of the places.
func (a *App) benchStreet(ctx context.Context, workers int) (*bench.Office, []string, error) {
	office, err := a.benchOfficeOf(ctx, phoneParts)
	if err != nil {
		return nil, nil, err
	}
	machine := authz.System("bench")
	if _, err := a.Dispatch.Create(ctx, machine, dispatch.Rule{Name: "直达微网格员", Sort: 1, Category: office.Category, Target: dispatch.ByWorker, Automatic: true, Active: true}); err != nil {
		return nil, nil, err
	}
	// A unit of ten thousand would be none: its people are the choices of every order that is shown.
	teams := make([]string, 100)
	for n := range teams {
		u, err := a.People.CreateUnit(ctx, machine, people.Unit{Code: fmt.Sprintf("T%02d", n), Name: fmt.Sprintf("社区居委会%02d", n), Kind: people.Department})
		if err != nil {
			return nil, nil, err
		}
		teams[n] = u.ID
	}
	squares, middles := benchSquares(phoneParts)
	squares = squares[len(squares)-len(middles):]
	tokens := make([]string, workers)
	var mu sync.Mutex
	var failed error
	var wg sync.WaitGroup
	slots := make(chan struct{}, 32)
	for n := range tokens {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			token, err := a.benchWorker(ctx, n, squares[n%len(squares)].code, teams[n%len(teams)])
			mu.Lock()
			defer mu.Unlock()
			tokens[n], failed = token, errors.Join(failed, err)
		})
	}
	wg.Wait()
	return office, tokens, failed
}

func (a *App) benchWorker(ctx context.Context, n int, code, unit string) (string, error) {
	area, ok := a.Grid.Tree().AreaByCode("microgrid", code)
	if !ok {
		return "", fmt.Errorf("the micro-grid %s is missing", code)
	}
	login := fmt.Sprintf("bench-worker-%d", n)
	if _, err := a.People.AddAccount(ctx, login, "microgrid_worker", benchPassword, people.AddOptions{UnitID: unit, AreaID: area.ID}); err != nil {
		return "", err
	}
	token, _, err := a.People.SignIn(ctx, "", login, benchPassword)
	return token, err
}

type rulesBenchCmd struct {
	Seconds int `help:"Length of the measurement." default:"5"`
}

// Run decides about matters all over a street by the rules of a new store, on one processor.
func (cmd *rulesBenchCmd) Run(ctx context.Context) error {
	logTo(slog.LevelWarn)
	fmt.Println("command:", strings.Join(os.Args, " "))
	return onFresh(ctx, db.SQLite, func(ctx context.Context, a *App, _ string) error {
		office, err := a.benchOffice(ctx)
		if err != nil {
			return err
		}
		matters := a.benchMatters(office)
		made, begin := 0, time.Now()
		for end := begin.Add(time.Duration(cmd.Seconds) * time.Second); time.Now().Before(end); {
			for _, m := range matters {
				if a.Dispatch.Decide(m).UnitID == "" {
					return errors.New("a matter goes to nobody")
				}
			}
			made += len(matters)
		}
		fmt.Printf("%d rules, %d units: %.0f decisions/s on one processor\n", len(a.Dispatch.Rules().All()), len(a.People.Directory().OpenUnits()), float64(made)/time.Since(begin).Seconds())
		return nil
	})
}

// benchMatters are matters of every category at every place.
func (a *App) benchMatters(office *bench.Office) (list []dispatch.Situation) {
	for _, place := range office.Places {
		at := geo.Point{Lon: place[0], Lat: place[1]}
		path := dispatchPlaces{a.Grid}.Locate(at)
		for _, c := range a.Incident.Categories().All() {
			list = append(list, dispatch.Situation{Category: c.Code, Kind: c.Kind, Severity: c.Severity, Channel: "hotline", Path: path,
				Position: at, At: now.Ms(a.Clock)})
		}
	}
	return list
}
