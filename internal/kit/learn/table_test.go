package learn_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/learn"
)

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	content := []byte(text)
	if filepath.Ext(name) == ".gz" {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(content)
		require.NoError(t, z.Close())
		content = b.Bytes()
	}
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

func TestTablesOfEveryForm(t *testing.T) {
	want := [][]string{{"", "路灯\"不亮", "灯"}, {"", "停水", "水"}}
	for name, text := range map[string]string{
		"a.tsv":    "text\tlabel\n路灯\"不亮\t灯\n停水\t水\n",
		"b.tsv":    "\ufefftext\tlabel\r\n路灯\"不亮\t灯\r\n停水\t水\r\n\r\n",
		"c.tsv.gz": "text\tlabel\n路灯\"不亮\t灯\n停水\t水",
		"d.csv":    "label,text\n灯,\"路灯\"\"不亮\"\n水,停水\n",
		"e.CSV.gz": "\ufefflabel,text\n灯,\"路灯\"\"不亮\"\n水,停水\n",
	} {
		t.Run(name, func(t *testing.T) {
			table, err := learn.ReadTable(written(t, name, text))
			require.NoError(t, err)
			texts, err := table.Texts([]string{"title", "text", "label"})
			require.NoError(t, err)
			require.Equal(t, want, texts)
			rows, err := table.Examples([]string{"title", "text"}, "label")
			require.NoError(t, err)
			require.Equal(t, []learn.Example{{Texts: want[0][:2], Label: "灯"}, {Texts: want[1][:2], Label: "水"}}, rows)
		})
	}
}

// Answers are matched to rows by their order, so no row may be lost; only learning leaves rows out.
func TestRowsWithoutTextStayInATable(t *testing.T) {
	one, err := learn.ReadTable(written(t, "a.tsv", "text\n停水\n\n路灯\n"))
	require.NoError(t, err)
	require.Len(t, one.Rows, 3)

	two, err := learn.ReadTable(written(t, "a.tsv", "text\tlabel\n停水\t\n\t水\n停水\t水\n"))
	require.NoError(t, err)
	require.Len(t, two.Rows, 3)
	rows, err := two.Examples([]string{"text"}, "label")
	require.NoError(t, err)
	require.Len(t, rows, 1)
}

func TestWhatIsWrongWithATableIsSaid(t *testing.T) {
	plain := written(t, "plain", "text\tlabel\n")
	require.NoError(t, os.Rename(plain, plain+".tsv.gz"))
	cut := written(t, "cut.tsv.gz", "text\tlabel\n停水\t水\n")
	raw, err := os.ReadFile(cut)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(cut, raw[:len(raw)-6], 0o600))
	for name, c := range map[string]struct{ path, says string }{
		"missing":        {filepath.Join(t.TempDir(), "none.tsv"), "no such file"},
		"empty":          {written(t, "a.tsv", ""), "the file is empty"},
		"empty csv":      {written(t, "a.csv", "\n"), "the file is empty"},
		"empty packed":   {written(t, "a.tsv.gz", ""), "the file is empty"},
		"not gzip":       {plain + ".tsv.gz", "this is not gzip"},
		"cut off":        {cut, "cut off or damaged"},
		"GBK":            {written(t, "a.tsv", "text\tlabel\nok\ta\n\xc2\xb7\xb5\xc6\tb\n"), "line 3: the text is not UTF-8"},
		"GBK in csv":     {written(t, "a.csv", "text,label\n\xc2\xb7\xb5\xc6,b\n"), "line 2: the text is not UTF-8"},
		"a cell too few": {written(t, "a.tsv", "text\tlabel\nok\n"), "line 2 has 1 cells"},
		"broken quotes":  {written(t, "a.csv", "text,label\n\"ok,a\n"), "parse error"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := learn.ReadTable(c.path)
			require.ErrorContains(t, err, c.says)
		})
	}
	table, err := learn.ReadTable(written(t, "a.tsv", "text\tlabel\nok\ta\n"))
	require.NoError(t, err)
	_, err = table.Examples([]string{"text"}, "category")
	require.ErrorContains(t, err, "no column category to learn; the columns are text, label")
	_, err = table.Texts([]string{"topic", "detail"})
	require.ErrorContains(t, err, "no column topic or detail")
}
