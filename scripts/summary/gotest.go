package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// event is one line of go test -json.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
	Elapsed    float64
}

// goRun is what has been read of one run of go test.
type goRun struct {
	out     io.Writer
	totals  totals
	output  map[string][]string // what each test that is still running has printed
	parents map[string]bool     // tests that have subtests: only the leaves are counted
	results map[string]string   // the action that ended each test
}

// readGo reads the events to the end, prints one line for each package and the whole output of what failed, and counts
// leaf tests. Lines that are not JSON (a broken build of an old Go) are passed on.
func readGo(in io.Reader, out io.Writer) (totals, error) {
	r := &goRun{out: out, output: map[string][]string{}, parents: map[string]bool{}, results: map[string]string{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil {
				fmt.Fprint(out, string(line))
			} else {
				r.take(e)
			}
		}
		if err == io.EOF {
			r.count()
			return r.totals, nil
		}
		if err != nil {
			return r.totals, err
		}
	}
}

func (r *goRun) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		r.output[key] = append(r.output[key], e.Output)
	case "run":
		if i := strings.LastIndex(e.Test, "/"); i > 0 {
			r.parents[e.Package+" "+e.Test[:i]] = true
		}
	case "pass", "fail", "skip":
		if e.Test == "" {
			r.endPackage(e)
		} else {
			r.endTest(e)
		}
		delete(r.output, key)
	}
}

func (r *goRun) endTest(e event) {
	key := e.Package + " " + e.Test
	r.results[key] = e.Action
	if e.Action != "pass" {
		fmt.Fprintf(r.out, "%s %s\n%s", strings.ToUpper(e.Action), key, strings.Join(r.output[key], ""))
	}
}

func (r *goRun) endPackage(e event) {
	own := r.output[e.Package+" "]
	if e.Action == "fail" {
		r.unfinished(e.Package)
		failed := 0
		for key, action := range r.results {
			if action == "fail" && strings.HasPrefix(key, e.Package+" ") {
				failed++
			}
		}
		if failed == 0 { // it did not build, or broke outside a test
			r.results[e.Package+" (package)"] = "fail"
		}
		fmt.Fprintf(r.out, "FAIL %s\n%s", e.Package, strings.Join(own, ""))
		return
	}
	if e.Action == "pass" {
		fmt.Fprintf(r.out, "ok   %-40s %6.1fs\n", e.Package, e.Elapsed)
	}
}

// unfinished prints what tests said that never ended, as after a panic or a time limit.
func (r *goRun) unfinished(pkg string) {
	var keys []string
	for key := range r.output {
		if strings.HasPrefix(key, pkg+" ") && key != pkg+" " {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		r.results[key] = "fail"
		fmt.Fprintf(r.out, "UNFINISHED %s\n%s", key, strings.Join(r.output[key], ""))
		delete(r.output, key)
	}
}

func (r *goRun) count() {
	for key, action := range r.results {
		if r.parents[key] && action != "fail" {
			continue
		}
		switch action {
		case "fail":
			if !r.failsBelow(key) {
				r.totals.Failed++
			}
		case "skip":
			r.totals.Skipped++
		case "pass":
			r.totals.Passed++
			_, test, _ := strings.Cut(key, " ")
			parts := strings.Split(test, "/")
			if slices.Contains(parts[1:], "sqlite") {
				r.totals.SQLite++
			}
			if slices.Contains(parts[1:], "postgres") {
				r.totals.Postgres++
			}
		}
	}
}

// failsBelow tells whether a subtest carries the failure of this test already.
func (r *goRun) failsBelow(key string) bool {
	if !r.parents[key] {
		return false
	}
	for other, action := range r.results {
		if action == "fail" && strings.HasPrefix(other, key+"/") {
			return true
		}
	}
	return false
}
