// Command summary turns test results into the two lines that end make test.
//
//	go test -json ./... | go run ./scripts/summary go OUT.json     shows failures as they come, keeps the totals
//	go run ./scripts/summary vitest REPORT.json OUT.json           keeps the totals of a vitest report
//	go run ./scripts/summary total OUT.json...                     adds up and prints
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// totals are the numbers of one part of the tests, kept as a file between the steps.
type totals struct {
	Passed   int `json:"passed"`
	Failed   int `json:"failed"`
	Skipped  int `json:"skipped"`
	SQLite   int `json:"sqlite"`
	Postgres int `json:"postgres"`
	Browser  int `json:"browser"`
}

func (t *totals) add(o totals) {
	t.Passed += o.Passed
	t.Failed += o.Failed
	t.Skipped += o.Skipped
	t.SQLite += o.SQLite
	t.Postgres += o.Postgres
	t.Browser += o.Browser
}

// The two ways in which results are not good enough. The line of counts says it; nothing is printed after that line.
var (
	errFailed     = errors.New("some tests failed")
	errIncomplete = errors.New("in CI nothing may be skipped, and every engine is tested")
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		if !errors.Is(err, errFailed) && !errors.Is(err, errIncomplete) {
			fmt.Fprintln(os.Stderr, "summary:", err)
		}
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	switch {
	case len(args) == 2 && args[0] == "go":
		t, err := readGo(in, out)
		if err != nil {
			return err
		}
		return save(args[1], t)
	case len(args) == 3 && args[0] == "vitest":
		t, err := readVitest(args[1])
		if err != nil {
			return err
		}
		return save(args[2], t)
	case len(args) >= 1 && args[0] == "total":
		return total(args[1:], out)
	}
	return fmt.Errorf("usage: summary go OUT | vitest REPORT OUT | total OUT...")
}

// total prints the sums. A part whose file is missing never ran; the step that failed before it has said why.
func total(files []string, out io.Writer) error {
	var all totals
	for _, name := range files {
		b, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		var t totals
		if err := json.Unmarshal(b, &t); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all.add(t)
	}
	verdict := all.verdict()
	if errors.Is(verdict, errIncomplete) {
		fmt.Fprintln(out, verdict)
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", all.Passed, all.Failed)
	fmt.Fprintf(out, "engines sqlite=%d postgres=%d browser=%d skipped=%d\n",
		all.SQLite, all.Postgres, all.Browser, all.Skipped)
	return verdict
}

// verdict is an error when something failed, and in CI also when something was left out.
func (t *totals) verdict() error {
	if t.Failed > 0 {
		return errFailed
	}
	if ci := os.Getenv("CI"); ci != "true" && ci != "1" {
		return nil
	}
	if t.Skipped > 0 || t.SQLite == 0 || t.Postgres == 0 || t.Browser == 0 {
		return errIncomplete
	}
	return nil
}

func readVitest(name string) (totals, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return totals{}, err
	}
	var report struct {
		Passed       int `json:"numPassedTests"`
		Failed       int `json:"numFailedTests"`
		FailedSuites int `json:"numFailedTestSuites"`
		Pending      int `json:"numPendingTests"`
		Todo         int `json:"numTodoTests"`
	}
	if err := json.Unmarshal(b, &report); err != nil {
		return totals{}, err
	}
	failed := report.Failed
	if failed == 0 {
		failed = report.FailedSuites // a file that does not even load
	}
	return totals{Passed: report.Passed, Failed: failed, Skipped: report.Pending + report.Todo}, nil
}

func save(name string, t totals) error {
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(b, '\n'), 0o644)
}
