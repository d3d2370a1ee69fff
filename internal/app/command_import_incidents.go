package app

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/app/history"
	"gezhi/internal/kit/audit"
)

type importIncidentsCmd struct {
	File     string `arg:"" help:"Table of past reports, e.g. reports.csv or reports.tsv.gz, in UTF-8." type:"existingfile"`
	Map      string `required:"" help:"JSON file that says what the columns mean; docs/examples/complaints-map.json is one." type:"existingfile"`
	Rejected string `help:"File for rows that cannot be taken, with the reason. Default: FILE.rejected."`
	Parallel int    `help:"Rows taken at once, so that they share durable commits." default:"64"`
}

// Run imports the rows and ends with an error when some were rejected.
func (cmd *importIncidentsCmd) Run(ctx context.Context) error {
	columns, err := os.Open(cmd.Map)
	if err != nil {
		return err
	}
	defer columns.Close()
	m, err := history.ReadMap(columns)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.Map, err)
	}
	a, err := open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	began := time.Now()
	rejected := cmp.Or(cmd.Rejected, cmd.File+".rejected")
	result, err := history.Import(ctx, a.Incident, history.Options{
		Map: m, Path: cmd.File, Zone: a.Config.Zone, Actor: importer, Rejected: rejected, Parallel: cmd.Parallel, ProgressGap: time.Second,
		Progress: func(r history.Result) {
			fmt.Fprintf(os.Stderr, "%d rows: %d new, %d there already, %d rejected, %.0f rows/s\n", r.Rows, r.New, r.Known, r.Rejected,
				float64(r.Rows)/max(time.Since(began).Seconds(), 0.001))
		},
	})
	if result.New > 0 {
		if told := a.tellImport(ctx, cmd.File, result); err == nil {
			err = told
		}
	}
	if err != nil {
		return fmt.Errorf("%w; %d rows are in the store; the same command again goes on from there and takes none twice", err, result.New+result.Known)
	}
	if len(result.Unused) > 0 {
		fmt.Println("columns from which nothing was taken:", strings.Join(result.Unused, ", "))
	}
	fmt.Printf("imported: %d rows in the file, %d new incidents, %d there already, %d rejected\n", result.Rows, result.New, result.Known, result.Rejected)
	if result.Rejected > 0 {
		return fmt.Errorf("%d rows were not taken: they are in %s with the reason; correct them there and import that file with the same map", result.Rejected, rejected)
	}
	return nil
}

// tellImport records the import in the audit trail, and brings what follows the feed (search, figures, anchors) up to
// date, in case no server does it.
func (a *App) tellImport(ctx context.Context, file string, r history.Result) error {
	ctx = context.WithoutCancel(ctx)
	err := a.Audit.Write(ctx, audit.Entry{Actor: importer, Action: "incident.import", Object: "file", ObjectID: r.Digest, Detail: map[string]string{
		"file": filepath.Base(file), "new": strconv.FormatInt(r.New, 10), "known": strconv.FormatInt(r.Known, 10), "rejected": strconv.FormatInt(r.Rejected, 10)}})
	if err != nil {
		return err
	}
	if err := a.relayAll(ctx); err != nil {
		return err
	}
	return a.countAll(ctx)
}

// countAll brings the figures up to the end of the feed.
func (a *App) countAll(ctx context.Context) error {
	for {
		done, err := a.Stats.Fill(ctx)
		if err != nil {
			return err
		}
		if done {
			break
		}
	}
	for {
		n, err := a.Feed.Step(ctx, a.Stats.Consumer())
		if err != nil || n == 0 {
			return err
		}
	}
}
