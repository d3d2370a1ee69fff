package report_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/pdf/pdftest"
	"gezhi/internal/perm"
	"gezhi/internal/report"
)

// week fills this week with the published 972 and the week before with 900.
func (s *desk) week() {
	s.figures.received["2026-11-18"], s.figures.received["2026-11-11"] = 972, 900
}

func TestAReportSaysWhatTheFiguresSay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newDesk(t, d)
		s.week()
		r, err := s.Make(t.Context(), leader, report.Weekly, "S", "2026-11-19")
		require.NoError(t, err)
		require.Equal(t, "2026-11-16", r.From)
		require.Equal(t, "2026-11-22", r.To)
		require.Equal(t, "2026-11-09", r.Brief.BeforeFrom)
		require.Equal(t, "2025-11-17", r.Brief.YearFrom, "the week with the same Monday 52 weeks earlier")
		require.Len(t, r.Brief.Days, 7)
		text := said(s, r)
		require.Contains(t, text, "本周接报 972 件，比上周多 72 件（+8.0 %），去年同期无接报。")
		require.Contains(t, text, "应结 972 件（不含缓办），已结 911 件，结案率 93.72 %；按期结案 737 件，按期结案率 75.82 %。")
		require.Contains(t, text, "本期尚无回访，满意率为“无”。")
		require.Contains(t, strings.Join(s.Sentences(r, "en"), " "), "a closing rate of 93.72 %")

		again, err := s.Make(t.Context(), leader, report.Weekly, "S", "2026-11-16")
		require.NoError(t, err)
		require.Equal(t, int64(2), again.Version, "the first stays beside it")
		back, err := s.Get(t.Context(), leader, r.ID)
		require.NoError(t, err)
		require.Equal(t, r.Brief, back.Brief)
		require.Equal(t, int64(77), back.Position)
	})
}

func TestTheFilesOfAReportSayTheSame(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	s.week()
	s.figures.late = report.Late{Total: 3, Stages: []report.Tally{{Code: "handle", Count: 3}}, Causes: []report.Tally{{Code: "long_handling", Count: 3}},
		Items: []report.LateMatter{{ID: "I", Number: "261118-1", Area: "一社区", Unit: "市政养护所", Stage: "handle", OverMs: 3 * 3600_000, Causes: []string{"long_handling"}}}}
	r, err := s.Make(t.Context(), leader, report.Weekly, "S", "2026-11-19")
	require.NoError(t, err)

	file, err := s.PDF(r, "zh-CN")
	require.NoError(t, err)
	paper := pdftest.Read(t, file)
	text := paper.Text(t)
	for _, part := range []string{"锦云街道治理周报", "93.72 %", "75.82 %", "比上期 +8.0 %", "市政养护所", "路面坑洼", "处置时间长 3 件", "261118-1", "3 小时"} {
		require.Contains(t, text, part)
	}
	for _, letter := range "锦云街道周报结案率" {
		require.True(t, paper.Drawn(letter), string(letter))
	}

	file, err = s.Workbook(r, "zh-CN")
	require.NoError(t, err)
	x, err := excelize.OpenReader(bytes.NewReader(file))
	require.NoError(t, err)
	defer x.Close()
	require.Equal(t, []string{"概要", "每日", "区域", "单位", "类别", "渠道", "未结与超时"}, x.GetSheetList())
	name, err := x.GetCellValue("区域", "A2")
	require.NoError(t, err)
	require.Equal(t, `=HYPERLINK("http://x","一社区")`, name)
	formula, err := x.GetCellFormula("区域", "A2")
	require.NoError(t, err)
	require.Empty(t, formula, "a name is never worked out")
	closing, err := x.GetCellValue("区域", "F2", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(closing, "0.937"), "a rate is a number: %s", closing)
	charts := 0
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "xl/charts/chart") {
			charts++
		}
	}
	require.Equal(t, 5, charts)
}

// TestAnEmptyPeriodHasNoRates holds that nothing is told as 0 % or 100 %.
func TestAnEmptyPeriodHasNoRates(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	for _, area := range []string{"S", "C1"} {
		r, err := s.Make(t.Context(), leader, report.Daily, area, "2026-11-20")
		require.NoError(t, err)
		require.True(t, r.Brief.Empty)
		require.Equal(t, "本日无接报、办结或超时事件，各项比率均为“无”。", said(s, r))
		for _, f := range r.Brief.Headline {
			require.Nil(t, f.Before, f.Code)
			if f.Unit == "share" {
				require.Nil(t, f.Value, f.Code)
			}
		}
		file, err := s.PDF(r, "zh-CN")
		require.NoError(t, err)
		text := pdftest.Read(t, file).Text(t)
		require.Contains(t, text, "无")
		require.NotContains(t, text, "0.00 %")
		require.NotContains(t, text, "100.00 %")
		_, err = s.Workbook(r, "en")
		require.NoError(t, err)
	}
}

func TestAReportReachesWhoLooksAfterItsArea(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newDesk(t, d)
		s.week()
		street, err := s.Make(t.Context(), leader, report.Daily, "S", "2026-11-18")
		require.NoError(t, err)
		part, err := s.Make(t.Context(), leader, report.Daily, "C1", "2026-11-18")
		require.NoError(t, err)
		head := person("head", "C1", "", perm.FiguresRead)
		_, err = s.Get(t.Context(), head, street.ID)
		require.True(t, fault.Is(err, "not_found"))
		_, err = s.Get(t.Context(), head, part.ID)
		require.NoError(t, err)
		list, _, err := s.List(t.Context(), head, report.Filter{}, "")
		require.NoError(t, err)
		require.Len(t, list, 1)
		_, err = s.Make(t.Context(), head, report.Daily, "C2", "2026-11-18")
		require.Contains(t, err.Error(), "briefs.area_unknown")
		list, _, err = s.List(t.Context(), person("station", "", "U1", perm.FiguresRead), report.Filter{}, "")
		require.NoError(t, err)
		require.Empty(t, list, "a unit's work is not an area")

		first, next, err := s.List(t.Context(), leader, report.Filter{Limit: 1}, "")
		require.NoError(t, err)
		require.NotEmpty(t, next)
		second, next, err := s.List(t.Context(), leader, report.Filter{Limit: 1}, next)
		require.NoError(t, err)
		require.Empty(t, next)
		require.NotEqual(t, first[0].ID, second[0].ID)

		require.True(t, fault.Is(s.Delete(t.Context(), head, part.ID), "forbidden"), "it is the leader's")
		require.NoError(t, s.Delete(t.Context(), leader, part.ID))
	})
}

func TestWhatCannotBeReportedIsRefused(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	_, err := s.Make(t.Context(), leader, "hourly", "X", "yesterday")
	require.Contains(t, err.Error(), "[kind field.choice]")
	require.Contains(t, err.Error(), "[area briefs.area_unknown]")
	require.Contains(t, err.Error(), "[day field.date]")
	_, err = s.Make(t.Context(), leader, report.Daily, "S", "2026-11-23")
	require.Contains(t, err.Error(), "briefs.not_begun")
	_, err = s.Make(t.Context(), leader, report.Monthly, "S", "2026-11-30")
	require.NoError(t, err, "a month that has begun")
}
