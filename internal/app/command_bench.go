package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"time"

	"gezhi/internal/app/bench"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/durable"
	"gezhi/internal/kit/now"
	"gezhi/migrations"
)

// benchPostgres names the variable with the URL of a PostgreSQL in which databases may be made; make bench sets it.
const benchPostgres = "GEZHI_TEST_POSTGRES"

type benchCmd struct {
	Loops    loopsCmd        `cmd:"" default:"withargs" help:"Whole loops a second over HTTP, against a bare program that writes the same rows."`
	Live     liveBenchCmd    `cmd:"" help:"From a report's request to the order on the right phone."`
	Sweep    sweepBenchCmd   `cmd:"" help:"From the moment at which a clock is due until that is acted on, with many clocks open."`
	Export   exportBenchCmd  `cmd:"" help:"A long list taken out as files: time and memory."`
	Dispatch rulesBenchCmd   `cmd:"" help:"Dispatch decisions a second."`
	Figures  figuresBenchCmd `cmd:"" help:"Panels, tables and how stale they are, with many incidents in the store."`
	Phones   phonesCmd       `cmd:"" hidden:"" help:"The phones of a measurement, which need a process of their own."`
}

type loopsCmd struct {
	Seconds     int    `help:"Length of each measurement." default:"10"`
	Concurrency []int  `help:"Incidents on their way at once." default:"8,32"`
	Engine      string `help:"Engine to measure: sqlite, postgres or both. PostgreSQL is the one of GEZHI_TEST_POSTGRES." enum:"sqlite,postgres,both" default:"both"`
	Profile     string `help:"Write a CPU profile of the measurements over HTTP to this file."`
}

// Run measures on empty stores of its own, which it removes afterwards.
func (cmd *loopsCmd) Run(ctx context.Context) error {
	logTo(slog.LevelWarn)
	fmt.Println("command:", strings.Join(os.Args, " "))
	fmt.Println("loop:   ", strings.Join(bench.Calls, ", "), "over HTTP on loopback, the client in the same process; the list is a page of 50")
	if cmd.Engine != "postgres" {
		if err := cmd.measure(ctx, db.SQLite, ""); err != nil {
			return err
		}
	}
	if cmd.Engine == "sqlite" {
		return nil
	}
	admin := os.Getenv(benchPostgres)
	if admin == "" {
		if cmd.Engine == "postgres" {
			return errors.New(benchPostgres + " is not set: make bench starts a PostgreSQL of its own")
		}
		fmt.Println("\npostgres: not measured,", benchPostgres, "is not set; make bench starts one")
		return nil
	}
	return cmd.measure(ctx, db.Postgres, admin)
}

// benchFolder makes a folder for the stores of a measurement: beside the real store, so that the disk is the one that
// counts; a folder for temporary files may be memory.
func benchFolder() (Config, string, error) {
	c, err := FromEnv()
	if err != nil {
		return c, "", err
	}
	if err := durable.MakeFolder(c.Folder, 0o700); err != nil {
		return c, "", err
	}
	folder, err := os.MkdirTemp(c.Folder, "bench-")
	c.Addr, c.Folder, c.KeyFile, c.measuring = "127.0.0.1:0", folder, filepath.Join(folder, "gezhi.key"), true
	return c, folder, err
}

// measure runs the program and then the bare one on the same engine with the same settings.
func (cmd *loopsCmd) measure(ctx context.Context, engine db.Engine, admin string) error {
	c, folder, err := benchFolder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	stores := bench.Stores{Admin: admin}
	defer stores.Drop(context.WithoutCancel(ctx))
	results := make([][2]bench.Result, len(cmd.Concurrency))
	sample, settings, err := cmd.program(ctx, c, folder, &stores, results)
	if err != nil {
		return err
	}
	if err := cmd.bare(ctx, engine, folder, &stores, sample, results); err != nil {
		return err
	}
	for _, r := range results {
		bench.Print(os.Stdout, string(engine), settings, r[0], r[1])
	}
	return nil
}

// program measures the real server and takes a sample of what it wrote.
func (cmd *loopsCmd) program(ctx context.Context, c Config, folder string, stores *bench.Stores, results [][2]bench.Result) (*bench.Sample, string, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var err error
	if c.DB, err = stores.Make(ctx); err != nil {
		return nil, "", err
	}
	a, err := Open(ctx, c, now.System{})
	if err != nil {
		return nil, "", err
	}
	defer a.Close()
	office, err := a.benchOffice(ctx)
	if err != nil {
		return nil, "", err
	}
	ready, served := make(chan string, 1), make(chan error, 1)
	go func() { served <- a.Serve(ctx, func(addr string) { ready <- addr }) }()
	select {
	case office.Addr = <-ready:
	case err := <-served:
		return nil, "", err
	}
	if cmd.Profile != "" {
		file, err := os.Create(cmd.Profile + "." + string(a.DB.Engine()))
		if err != nil {
			return nil, "", err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return nil, "", err
		}
		defer pprof.StopCPUProfile()
	}
	for i, n := range cmd.Concurrency {
		if results[i][0], err = bench.HTTP(office, n, time.Duration(cmd.Seconds)*time.Second); err != nil {
			return nil, "", err
		}
	}
	sample, err := bench.TakeSample(ctx, a.DB.Pool())
	if err != nil {
		return nil, "", err
	}
	settings, err := bench.Settings(ctx, a.DB.Pool(), string(a.DB.Engine()))
	stop()
	return sample, settings, errors.Join(err, <-served)
}

// bare measures the bare program on an empty store of its own for each concurrency.
func (cmd *loopsCmd) bare(ctx context.Context, engine db.Engine, folder string, stores *bench.Stores, sample *bench.Sample, results [][2]bench.Result) error {
	for i, n := range cmd.Concurrency {
		url, err := stores.Make(ctx)
		if err != nil {
			return err
		}
		d, err := db.Open(ctx, url, filepath.Join(folder, fmt.Sprintf("bare-%d", i)))
		if err != nil {
			return err
		}
		if err := d.Migrate(ctx, migrations.Tree); err != nil {
			return errors.Join(err, d.Close())
		}
		results[i][1], err = bench.Bare(ctx, d.Pool(), string(engine), sample, n, time.Duration(cmd.Seconds)*time.Second)
		if err := errors.Join(err, d.Close()); err != nil {
			return err
		}
	}
	return nil
}
