package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/sheet"
)

var dangerous = []string{"=1+1", "+86 138", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "=cmd|' /C calc'!A0"}

func TestNoCellOfACSVIsWorkedOut(t *testing.T) {
	var out bytes.Buffer
	w, err := sheet.NewCSV(&out, []sheet.Column{{Head: "=标题"}, {Head: "数", Kind: sheet.Number}}, sheet.Style{})
	require.NoError(t, err)
	for _, text := range dangerous {
		require.NoError(t, w.Row(text, -1.5))
	}
	require.NoError(t, w.Row("井盖, \"松动\"\n第二行", int64(3)))
	require.NoError(t, w.Flush())
	require.Equal(t, len(dangerous)+1, w.Rows())
	body, bom := strings.CutPrefix(out.String(), "\uFEFF")
	require.True(t, bom, "office programs know UTF-8 by its mark")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "'=标题", rows[0][0])
	for i, text := range dangerous {
		require.Equal(t, byte('\''), rows[i+1][0][0], "%q", text)
		require.Equal(t, "-1.5", rows[i+1][1], "a number stays one")
	}
	require.Equal(t, []string{"井盖, \"松动\"\n第二行", "3"}, rows[len(rows)-1])
}

func TestNoCellOfAWorkbookIsWorkedOut(t *testing.T) {
	w, err := sheet.NewWriter([]sheet.Column{{Head: "=标题"}}, sheet.Style{Name: "表"})
	require.NoError(t, err)
	for _, text := range dangerous {
		require.NoError(t, w.Row(text))
	}
	var out bytes.Buffer
	require.NoError(t, w.Finish(&out))
	x, err := excelize.OpenReader(&out)
	require.NoError(t, err)
	defer x.Close()
	for i := range len(dangerous) + 1 {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		formula, err := x.GetCellFormula("表", cell)
		require.NoError(t, err)
		require.Empty(t, formula)
		kind, err := x.GetCellType("表", cell)
		require.NoError(t, err)
		require.Contains(t, []excelize.CellType{excelize.CellTypeInlineString, excelize.CellTypeSharedString}, kind)
	}
}
