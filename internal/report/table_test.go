package report_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
	"gezhi/internal/report"
)

func days(rows, columns string, values ...string) report.Definition {
	return report.Definition{Subject: "incidents", Rows: rows, Columns: columns, Values: values, Period: "days", From: "2026-11-16", To: "2026-11-20"}
}

func cells(g report.Grid, n int) []float64 {
	var out []float64
	for _, c := range g.Rows[n].Cells {
		if c == nil {
			out = append(out, -1)
			continue
		}
		out = append(out, *c)
	}
	return out
}

func TestATableIsCountedFromTheSums(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	s.week()
	g, err := s.Count(t.Context(), leader, days("area", "", "received", "closing", "satisfaction"))
	require.NoError(t, err)
	require.Equal(t, int64(77), g.Position)
	require.Equal(t, 972.0, *g.Total.Cells[0])
	require.InDelta(t, 0.9372, *g.Rows[0].Cells[1], 0.0001)
	require.Nil(t, g.Rows[1].Cells[1], "a rate of nothing is none")

	g, err = s.Count(t.Context(), leader, days("unit", "day", "received"))
	require.NoError(t, err)
	require.Len(t, g.Columns, 6, "five days and the total")
	require.Equal(t, []float64{0, 0, 972, 0, 0, 972}, cells(g, 0))

	s.figures.events = false
	_, err = s.Count(t.Context(), leader, days("unit", "area", "on_closed"))
	require.True(t, fault.Is(err, "table.events"), "what the sums do not know is not told as 0")
}

func TestAnImpossibleTableSaysHowToNarrowIt(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	d := days("area", "day", "received")
	d.From = "2026-01-01"
	_, err := s.Count(t.Context(), leader, d)
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "table.too_many_columns", f.Code)
	require.Equal(t, 36, f.Params["max"])

	_, err = s.Count(t.Context(), leader, report.Definition{Subject: "people", Rows: "area", Columns: "area", Period: "days", From: "2026-11-20", To: "2026-11-16"})
	for _, part := range []string{"[subject field.choice]", "[columns table.same]", "[values table.no_value]", "[from table.days]"} {
		require.Contains(t, err.Error(), part)
	}
	_, err = s.Count(t.Context(), leader, days("state", "", "closing"))
	require.Contains(t, err.Error(), "table.state_counts")
}

func TestATableThatMatchesTooMuchIsRefused(t *testing.T) {
	many := make([]report.Item, 200_001)
	for i := range many {
		many[i] = report.Item{Unit: "U1", State: "closed", Day: "2026-11-17"}
	}
	s := newDesk(t, dbtest.Lite(t), many...)
	_, err := s.Count(t.Context(), leader, days("state", "", "received"))
	require.True(t, fault.Is(err, "table.too_many"))
}

func TestOrdersAndStatesAreCountedOneByOne(t *testing.T) {
	order := func(unit, state, day string, took int64) report.Item {
		i := report.Item{Levels: []string{"", "", "S", "C1"}, Unit: unit, State: state, Day: day, Channel: "hotline", Sums: map[string]int64{}}
		if took > 0 {
			i.Sums["orders_handled"], i.Sums["orders_ms_handle"] = 1, took
		}
		return i
	}
	s := newDesk(t, dbtest.Lite(t), order("U1", "handled", "2026-11-16", 60_000), order("U1", "handled", "2026-11-17", 120_000), order("U2", "sent", "2026-11-17", 0))
	d := days("unit", "", "orders", "orders_handled", "orders_ms_handle")
	d.Subject = "orders"
	g, err := s.Count(t.Context(), leader, d)
	require.NoError(t, err)
	require.Equal(t, "名 U1", g.Rows[0].Name)
	require.Equal(t, []float64{2, 2, 90_000}, cells(g, 0))
	require.Equal(t, []float64{1, 0, -1}, cells(g, 1), "nobody handled one: no average")
	require.Equal(t, 3.0, *g.Total.Cells[0])

	g, err = s.Count(t.Context(), leader, days("state", "day", "received"))
	require.NoError(t, err)
	require.Equal(t, "handled", g.Rows[0].Key)
	require.Equal(t, []float64{1, 1, 0, 0, 0, 2}, cells(g, 0)[:6])
	d = days("area", "", "received")
	d.State = "sent"
	g, err = s.Count(t.Context(), leader, d)
	require.NoError(t, err)
	require.Equal(t, "C1", g.Rows[0].Key, "the level below the street")
	require.Equal(t, []float64{1}, cells(g, 0))
}

func TestATableIsKeptSharedAndTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newDesk(t, d)
		clerk := person("clerk", "S", "", perm.FiguresRead)
		kept, err := s.Keep(t.Context(), clerk, report.Table{Name: " 社区月表 ", Definition: days("area", "", "received")})
		require.NoError(t, err)
		require.Equal(t, "社区月表", kept.Name)
		kept.Shared = true
		_, err = s.Keep(t.Context(), clerk, kept)
		require.True(t, fault.Is(err, "table.may_not_share"))
		_, err = s.Table(t.Context(), leader, kept.ID)
		require.True(t, fault.Is(err, "not_found"), "it is the clerk's own")

		mine, err := s.Keep(t.Context(), leader, report.Table{Name: "共享", Definition: days("unit", "", "received"), Shared: true})
		require.NoError(t, err)
		list, err := s.Tables(t.Context(), clerk)
		require.NoError(t, err)
		require.Len(t, list, 2)
		mine.Name = "改名"
		_, err = s.Keep(t.Context(), person("other", "S", "", perm.FiguresRead), report.Table{ID: mine.ID, Name: "x", Definition: mine.Definition, Version: 1})
		require.True(t, fault.Is(err, "table.not_yours"))
		changed, err := s.Keep(t.Context(), leader, mine)
		require.NoError(t, err)
		require.Equal(t, int64(2), changed.Version)
		_, err = s.Keep(t.Context(), leader, mine)
		require.True(t, fault.Is(err, "table.stale"))

		require.NoError(t, s.Drop(t.Context(), leader, mine.ID))
		_, err = s.Table(t.Context(), clerk, mine.ID)
		require.True(t, fault.Is(err, "not_found"))
		back, err := s.Restore(t.Context(), leader, mine.ID)
		require.NoError(t, err)
		require.Equal(t, "改名", back.Name)
		require.NoError(t, s.Drop(t.Context(), leader, mine.ID))
		s.clock.Advance(31 * 24 * 3600e9)
		require.NoError(t, s.Purge(t.Context()))
		_, err = s.Restore(t.Context(), leader, mine.ID)
		require.True(t, fault.Is(err, "not_found"))
	})
}

// TestNoCellOfATableIsWorkedOut holds for both kinds of files; names come from what people typed.
func TestNoCellOfATableIsWorkedOut(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	s.week()
	d := days("area", "", "received", "closing")
	g, err := s.Count(t.Context(), leader, d)
	require.NoError(t, err)
	file, err := s.Spreadsheet(g, d, "=cmd|'x'!A1", "csv", "zh-CN")
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(file), "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"区域", "接报", "结案率 (%)"}, rows[0])
	require.Equal(t, []string{`'=HYPERLINK("http://x","一社区")`, "972", "93.72"}, rows[1])
	require.Equal(t, []string{"二社区", "0", ""}, rows[2])

	file, err = s.Spreadsheet(g, d, "=cmd|'x'!A1", "xlsx", "zh-CN")
	require.NoError(t, err)
	x, err := excelize.OpenReader(bytes.NewReader(file))
	require.NoError(t, err)
	defer x.Close()
	for row := range 4 {
		formula, err := x.GetCellFormula(x.GetSheetList()[0], fmt.Sprintf("A%d", row+1))
		require.NoError(t, err)
		require.Empty(t, formula)
	}
}
