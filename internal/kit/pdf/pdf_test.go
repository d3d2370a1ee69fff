package pdf_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/pdf"
	"gezhi/internal/kit/pdf/pdftest"
)

func document(t *testing.T) *pdf.Doc {
	d, err := pdf.New(pdftest.Fonts(t), pdf.Info{Title: "治理周报", Author: "格治", At: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC), Foot: "格治 · 第三周",
		Page: func(n, of int) string { return fmt.Sprintf("第 %d / %d 页", n, of) }})
	require.NoError(t, err)
	return d
}

// TestTextCanBeCopiedAndIsDrawnByTheFile holds that every letter stands in the file as text and as a shape.
func TestTextCanBeCopiedAndIsDrawnByTheFile(t *testing.T) {
	d := document(t)
	d.Title("鼓楼街道治理周报", "2026-11-16 至 2026-11-22")
	d.Cards([]pdf.Card{{Label: "受理", Value: "1,204", Remarks: []pdf.Remark{{"比上期 +12.30 %", pdf.Worse}, {"去年同期 无", pdf.Quiet}}},
		{Label: "结案率", Value: "93.72 %"}, {Label: "满意率", Value: "无"}}, 4)
	d.Section("分派与到场", 60)
	d.Beside(80, func() {
		d.Bars([]pdf.Bar{{Label: "一分钟内派单", Text: "98.11 %", Value: .9811}}, 1)
	}, func() {
		d.Columns([]string{"11-16", "11-17"}, []pdf.Series{{"受理", []float64{3, 12}}, {"结案", []float64{2, 0}}}, 60)
	})
	d.Table([]pdf.Column{{Head: "区域", Share: .5}, {Head: "受理", Right: true}}, [][]pdf.Remark{{{"垵埗社区", pdf.Plain}, {"12", pdf.Plain}}})
	out, err := d.Bytes()
	require.NoError(t, err)
	if keep := os.Getenv("GEZHI_KEEP_PDF"); keep != "" {
		require.NoError(t, os.WriteFile(keep, out, 0o600))
	}
	back := pdftest.Read(t, out)
	text := back.Text(t)
	for _, part := range []string{"鼓楼街道治理周报", "1,204", "比上期 +12.30 %", "93.72 %", "一分钟内派单", "垵埗社区", "第 1 / 1 页"} {
		require.Contains(t, text, part)
	}
	for _, letter := range "鼓楼治理垵埗93%" {
		require.True(t, back.Drawn(letter), string(letter))
	}
	require.False(t, back.Drawn('龘'), "only what is used is taken along")
}

func TestATableGoesOnWithItsHeader(t *testing.T) {
	d := document(t)
	var rows [][]pdf.Remark
	for i := range 120 {
		rows = append(rows, []pdf.Remark{{fmt.Sprintf("第 %d 网格", i+1), pdf.Plain}, {"1", pdf.Plain}})
	}
	d.Table([]pdf.Column{{Head: "网格名称"}, {Head: "数量", Right: true}}, rows)
	require.Equal(t, 3, d.Pages())
	out, err := d.Bytes()
	require.NoError(t, err)
	text := pdftest.Read(t, out).Text(t)
	require.Equal(t, 3, strings.Count(text, "网格名称"))
	require.Contains(t, text, "第 120 网格")
	require.Contains(t, text, "第 3 / 3 页")
}

// TestLinesBreakWhereReadersExpect holds that no line begins with a closing mark and no word is torn.
func TestLinesBreakWhereReadersExpect(t *testing.T) {
	d := document(t)
	d.Text(strings.Repeat("本期共受理诉求若干件，其中按时办结；", 30) + " response within one minute " + strings.Repeat("很好。", 40) + strings.Repeat("x", 300))
	out, err := d.Bytes()
	require.NoError(t, err)
	text := pdftest.Read(t, out).Text(t)
	for _, line := range strings.Split(text, "\n") {
		require.False(t, strings.HasPrefix(line, "，") || strings.HasPrefix(line, "。") || strings.HasPrefix(line, "；"), line)
	}
	require.Contains(t, strings.ReplaceAll(text, "\n", ""), strings.Repeat("x", 300))
}
