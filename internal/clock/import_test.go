package clock_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
	"gezhi/internal/kit/fault"
)

func TestReadDays(t *testing.T) {
	for why, file := range map[string]string{
		"with a header":               "日期,类型,名称\n2026-10-01,休,国庆节\n2026-10-10,班,补班\n",
		"without one, in any order":   "2026/10/10,workday,补班\n2026/10/1,holiday,国庆节",
		"as a spreadsheet saves it":   "\ufeff日期;类型;名称;\r\n2026年10月1日;放假;国庆节;\r\n;;;\r\n20261010;补班;补班;\r\n",
		"with tabs":                   "date\tkind\tname\n2026.10.1\tHoliday\t 国庆节 \n2026-10-10\tWORKDAY\t补班",
		"as JSON":                     `[{"date":"2026-10-10","kind":"workday","name":"补班"},{"date":"2026-10-01","kind":"holiday","name":"国庆节"}]`,
		"with empty lines in between": "2026-10-01,休,国庆节\n\n\n2026-10-10,班,补班\n\n",
	} {
		days, wrong, err := clock.ReadDays([]byte(file))
		require.NoError(t, err, why)
		require.Empty(t, wrong, why)
		require.Equal(t, []clock.Day{{Date: date(t, "2026-10-01"), Kind: clock.Holiday, Name: "国庆节"}, {Date: date(t, "2026-10-10"), Kind: clock.Workday, Name: "补班"}}, days, why)
	}
}

func TestReadDaysSaysWhatIsWrongWithEachRow(t *testing.T) {
	days, wrong, err := clock.ReadDays([]byte(strings.Join([]string{
		"date,kind,name",
		"2026-10-01,holiday,国庆节",
		"2026-02-30,holiday,no such day",
		"2026-10-02,party,国庆节",
		"2026-10-01,workday,twice",
		"1026-10-01,holiday,long ago",
		"2026-10-03,holiday,a,b",
		"2026-10-04",
		"2026-10-05,holiday," + strings.Repeat("长", 50),
		"2026-10-06,holiday,国庆节",
	}, "\n")))
	require.NoError(t, err)
	require.Len(t, days, 2)
	got := map[int]string{}
	for _, w := range wrong {
		got[w.Row] = w.Code
	}
	require.Equal(t, map[int]string{3: "calendar.row_date", 4: "calendar.row_kind", 5: "calendar.row_twice", 6: "calendar.row_year", 7: "calendar.row_columns",
		8: "calendar.row_kind", 9: "field.too_long"}, got)
}

func TestReadDaysRefusesWhatIsNoList(t *testing.T) {
	for code, file := range map[string]string{
		"calendar.file_empty": "date,kind,name\n",
		"calendar.file_utf8":  "\xc8\xd5\xc6\xda,\xc0\xe0\xd0\xcd\n2026-10-01,\xd0\xdd",
		"calendar.file_json":  `[{"date":`,
		"calendar.file_large": strings.Repeat("x", clock.MaxFile+1),
		"calendar.file_rows":  strings.Repeat("2026-10-01,休\n", 4000),
	} {
		_, _, err := clock.ReadDays([]byte(file))
		require.True(t, fault.Is(err, code), "%s: %v", code, err)
	}
}

// Whatever is in a file: no date comes twice, all are in order and in reach, and a calendar can be made of them.
func FuzzReadDays(f *testing.F) {
	for _, s := range []string{"", "日期,类型,名称\n2026-10-01,休,国庆节", `[{"date":"2026-10-10","kind":"workday"}]`, "\"", "a;b;c\n20261001;班;\"x\ny\"", "[", "2026-2-3,休\r\r\n2026-02-03,班"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		days, wrong, err := clock.ReadDays(data)
		if err != nil {
			_, ours := fault.As(err)
			require.True(t, ours, "a person is told: %v", err)
			return
		}
		for n, d := range days {
			require.True(t, n == 0 || days[n-1].Date.Compare(d.Date) < 0)
			back, err := clock.ParseDate(d.Date.String())
			require.NoError(t, err)
			require.Equal(t, d.Date, back)
		}
		for _, w := range wrong {
			require.Positive(t, w.Row)
			require.NotEmpty(t, w.Code)
		}
		_, err = clock.NewCalendar(zone(t, "Asia/Shanghai"), clock.Week{}, days)
		require.NoError(t, err)
	})
}
