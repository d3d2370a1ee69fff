package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
)

var columns = []sheet.Column{
	{Key: "name", Head: "姓名", Also: []string{"Name"}, Kind: sheet.Text, Required: true},
	{Key: "phone", Head: "手机号", Also: []string{"Phone"}, Kind: sheet.Code, Required: true},
	{Key: "from", Head: "开始日期", Also: []string{"From"}, Kind: sheet.Time},
}

// book makes a file from rows; edit may change it before it is saved.
func book(t testing.TB, rows [][]any, edit func(f *excelize.File)) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r))
	}
	if edit != nil {
		edit(f)
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return &out
}

func TestWhatIsWrittenIsReadAgainAndNothingBecomesAFormula(t *testing.T) {
	all := []sheet.Column{{Key: "text", Head: "文字"}, {Key: "n", Head: "数", Kind: sheet.Number}, {Key: "at", Head: "时间", Kind: sheet.Time}, {Key: "on", Head: "启用", Kind: sheet.Bool}}
	w, err := sheet.NewWriter(all, sheet.Style{Name: "账号", Yes: "是", No: "否"})
	require.NoError(t, err)
	at := time.Date(2026, 3, 2, 8, 30, 0, 0, time.Local)
	texts := []string{"=1+1", "+86 138", "-1", "@x", "=HYPERLINK(\"http://example.org\")", "二行\n字"}
	for _, text := range texts {
		require.NoError(t, w.Row(text, int64(7), at.UnixMilli(), true))
	}
	var out bytes.Buffer
	require.NoError(t, w.Finish(&out))

	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	defer f.Close()
	for i, text := range texts {
		cell := fmt.Sprintf("A%d", i+2)
		formula, err := f.GetCellFormula("账号", cell)
		require.NoError(t, err)
		require.Empty(t, formula)
		value, err := f.GetCellValue("账号", cell)
		require.NoError(t, err)
		require.Equal(t, text, value)
	}
	shown, err := f.GetCellValue("账号", "C2")
	require.NoError(t, err)
	require.Equal(t, "2026-03-02 08:30", shown)
	panes, err := f.GetPanes("账号")
	require.NoError(t, err)
	require.True(t, panes.Freeze)

	back, err := sheet.Read(&out, all, "")
	require.NoError(t, err)
	got, ok := sheet.ParseTime(back.Get(back.Rows[0], "at"))
	require.True(t, ok)
	require.Equal(t, at.Unix(), got.Unix())
	require.Equal(t, "是", back.Get(back.Rows[0], "on"))
}

func TestSheetsAsPeopleFillThemIn(t *testing.T) {
	in := book(t, [][]any{
		{"双福街道人员名单"},
		{},
		{"手机号（必填）", "Name *", "开始日期", "备注"},
		{"示例：13800000000", "张三"},
		{"１３８ ０００", "　李 四 ", 46083, "甲"},
		{},
		{13800138000, "王五", "2026年3月2日"},
		{"", "赵六", "2026/3/2 8:30"},
	}, func(f *excelize.File) {
		require.NoError(t, f.MergeCell("Sheet1", "A7", "A8"))
		require.NoError(t, f.MergeCell("Sheet1", "A1", "D1"))
	})
	table, err := sheet.Read(in, columns, "")
	require.NoError(t, err)
	require.Len(t, table.Rows, 3)
	assert.Equal(t, 5, table.Rows[0].No)
	assert.Equal(t, "李 四", table.Get(table.Rows[0], "name"))
	assert.Equal(t, "138 000", table.Get(table.Rows[0], "phone"))
	assert.Equal(t, "13800138000", table.Get(table.Rows[1], "phone"), "a number is text, without fraction or exponent")
	assert.Equal(t, "13800138000", table.Get(table.Rows[2], "phone"), "a merged cell counts for each of its rows")
	assert.Equal(t, "甲", table.Rows[0].Cells[3], "a column that nobody asked for is kept")
	assert.Equal(t, "A8", table.Place(8, "phone"))
	for i, want := range []time.Time{
		time.Date(2026, 3, 2, 0, 0, 0, 0, time.Local), time.Date(2026, 3, 2, 0, 0, 0, 0, time.Local), time.Date(2026, 3, 2, 8, 30, 0, 0, time.Local),
	} {
		got, ok := sheet.ParseTime(table.Get(table.Rows[i], "from"))
		require.True(t, ok)
		require.Equal(t, want, got)
	}
}

func TestDatesThatAreNone(t *testing.T) {
	for _, s := range []string{"", "昨天", "13", "2026-13-40", "1e300", "NaN", "-5", "2026-02-30"} {
		_, ok := sheet.ParseTime(s)
		require.False(t, ok, s)
	}
}

func TestWhatIsNoTableIsRefusedWithASentence(t *testing.T) {
	wide := make([]any, sheet.MaxColumns+1)
	wide[sheet.MaxColumns] = "x"
	cases := map[string]*bytes.Buffer{
		"sheet.not_xlsx":         bytes.NewBufferString("姓名,手机号\n"),
		"sheet.header_missing":   book(t, [][]any{{"姓名"}, {"张三"}}, nil),
		"sheet.header_twice":     book(t, [][]any{{"姓名", "手机号", "Name"}, {"张三"}}, nil),
		"sheet.empty":            book(t, [][]any{{"姓名", "手机号"}}, nil),
		"sheet.too_many_columns": book(t, [][]any{{"姓名", "手机号"}, wide}, nil),
		"sheet.cell_too_long":    book(t, [][]any{{"姓名", "手机号"}, {strings.Repeat("长", sheet.MaxCell+1)}}, nil),
	}
	for code, in := range cases {
		_, err := sheet.Read(in, columns, "")
		require.True(t, fault.Is(err, code), "%s: %v", code, err)
	}
	_, err := sheet.Read(book(t, [][]any{{"姓名", "手机号"}, {"a", "1"}}, nil), columns, "没有")
	require.True(t, fault.Is(err, "sheet.no_sheet"))
}

func TestAFileThatUnpacksToTooMuchIsRefused(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	require.NoError(t, err)
	zeros := make([]byte, 1<<20)
	for range 401 {
		_, err = w.Write(zeros)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.Less(t, out.Len(), 1<<20)
	_, err = sheet.Read(&out, columns, "")
	require.True(t, fault.Is(err, "sheet.too_large"), "%v", err)
}

// many writes a table of n rows.
func many(t testing.TB, n int) *bytes.Buffer {
	w, err := sheet.NewWriter(columns, sheet.Style{})
	require.NoError(t, err)
	for i := range n {
		require.NoError(t, w.Row(fmt.Sprintf("人员%d", i), fmt.Sprint(13_000_000_000+i), int64(1_772_000_000_000)))
	}
	var out bytes.Buffer
	require.NoError(t, w.Finish(&out))
	return &out
}

func TestFiftyThousandRowsAreReadAndOneMoreIsNot(t *testing.T) {
	table, err := sheet.Read(many(t, sheet.MaxRows), columns, "")
	require.NoError(t, err)
	require.Len(t, table.Rows, sheet.MaxRows)
	_, err = sheet.Read(many(t, sheet.MaxRows+1), columns, "")
	require.True(t, fault.Is(err, "sheet.too_many_rows"), "%v", err)
}

func FuzzRead(f *testing.F) {
	f.Add(many(f, 2).Bytes())
	f.Add(book(f, [][]any{{"姓名", "手机号"}, {"张三", 1}}, nil).Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := sheet.Read(bytes.NewReader(data), columns, "")
		if err != nil {
			_, ok := fault.As(err)
			require.True(t, ok, "%v", err)
			return
		}
		for _, r := range table.Rows {
			table.Get(r, "phone")
		}
	})
}
