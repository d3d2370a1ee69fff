package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func events(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		action, rest, _ := strings.Cut(l, " ")
		test, output, _ := strings.Cut(rest, " ")
		fmt.Fprintf(&b, `{"Action":%q,"Package":"gezhi/x","Test":%q,"Output":%q}`+"\n", action, test, output)
	}
	return b.String()
}

func TestReadGoCountsLeavesByEngine(t *testing.T) {
	var out strings.Builder
	got, err := readGo(strings.NewReader(events(
		"run TestA", "run TestA/sqlite", "run TestA/sqlite/one", "pass TestA/sqlite/one",
		"run TestA/sqlite/two", "pass TestA/sqlite/two", "pass TestA/sqlite",
		"run TestA/postgres", "pass TestA/postgres", "pass TestA",
		"run TestB", "output TestB because", "skip TestB", "pass ")), &out)
	require.NoError(t, err)
	require.Equal(t, totals{Passed: 3, Skipped: 1, SQLite: 2, Postgres: 1}, got)
	require.Contains(t, out.String(), "because", "a skipped test says why")
}

func TestReadGoShowsAFailureOnce(t *testing.T) {
	var out strings.Builder
	got, err := readGo(strings.NewReader(events(
		"run TestA", "run TestA/sqlite", "output TestA/sqlite wrong", "fail TestA/sqlite", "fail TestA", "fail ")), &out)
	require.NoError(t, err)
	require.Equal(t, totals{Failed: 1}, got)
	require.Equal(t, 1, strings.Count(out.String(), "wrong"))
}

func TestReadGoFailsWhatDoesNotBuildOrEnd(t *testing.T) {
	for name, in := range map[string]string{
		"a package that does not build": events("fail "),
		"a test that panicked":          events("run TestA", "output TestA panic", "fail "),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readGo(strings.NewReader(in), &strings.Builder{})
			require.NoError(t, err)
			require.Equal(t, totals{Failed: 1}, got)
		})
	}
}

func TestTotalAddsTheParts(t *testing.T) {
	dir := t.TempDir()
	one, report, two := filepath.Join(dir, "1"), filepath.Join(dir, "report"), filepath.Join(dir, "2")
	require.NoError(t, save(one, totals{Passed: 2, SQLite: 1, Postgres: 1}))
	require.NoError(t, os.WriteFile(report, []byte(`{"numPassedTests":4,"numFailedTests":1,"numPendingTests":1}`), 0o600))
	var out strings.Builder
	require.NoError(t, run([]string{"vitest", report, two}, nil, &out))
	require.ErrorIs(t, run([]string{"total", one, two, filepath.Join(dir, "never ran")}, nil, &out), errFailed)
	require.Equal(t, "6 passed, 1 failed\nengines sqlite=1 postgres=1 browser=0 skipped=1\n", out.String())
}

func TestVerdict(t *testing.T) {
	all := totals{Passed: 3, SQLite: 1, Postgres: 1, Browser: 1}
	skipped, oneEngine := all, all
	skipped.Skipped, oneEngine.Postgres = 1, 0
	for _, ci := range []string{"", "true"} {
		t.Setenv("CI", ci)
		require.NoError(t, all.verdict())
		require.Equal(t, ci != "", skipped.verdict() != nil)
		require.Equal(t, ci != "", oneEngine.verdict() != nil)
		require.Error(t, (&totals{Passed: 3, Failed: 1}).verdict())
	}
}
