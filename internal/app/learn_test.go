package app

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/learn"
)

// printed runs a command and returns what it prints.
func printed(t *testing.T, run func() error) (string, error) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	screen := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = screen }()
	out := make(chan string)
	go func() {
		all, _ := io.ReadAll(r)
		out <- string(all)
	}()
	err = run()
	w.Close()
	return <-out, err
}

// lessonTable writes a table of invented messages about lamps and water.
func lessonTable(t *testing.T, header string, rows int, row func(i int, text, label string) string) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(header + "\n")
	for i := range rows {
		text, label := fmt.Sprintf("东门%d号路灯不亮，夜里%d点看不见路", i, i*7%12), "灯"
		if i%2 == 1 {
			text, label = fmt.Sprintf("西门%d号水管爆裂，停水%d天了", i, i*5%9), "水"
		}
		b.WriteString(row(i, text, label) + "\n")
	}
	path := filepath.Join(t.TempDir(), "table.tsv")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

func TestTrainAndClassifyTables(t *testing.T) {
	whole := lessonTable(t, "topic\tdetail\tlabel", 60, func(_ int, text, label string) string { return string([]rune(text)[:6]) + "\t" + text + "\t" + label })
	bare := lessonTable(t, "label\tdetail", 60, func(_ int, text, label string) string { return label + "\t再说一次：" + text })
	model := filepath.Join(t.TempDir(), "model.gz")
	out, err := printed(t, func() error {
		return (&trainCmd{Files: []string{whole, bare}, Out: model, Text: []string{"topic", "detail"}, Label: "label"}).Run(t.Context())
	})
	require.NoError(t, err)
	require.Contains(t, out, "macro-F1")
	require.Contains(t, out, "learned from all 120 rows")

	unseen := lessonTable(t, "detail", 6, func(_ int, text, _ string) string { return "您好，" + text })
	out, err = printed(t, (&classifyCmd{File: unseen, Model: model}).Run)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 6)
	for i, line := range lines {
		label, confidence, ok := strings.Cut(line, "\t")
		require.True(t, ok)
		require.Equal(t, []string{"灯", "水"}[i%2], label)
		require.Regexp(t, `^(0\.\d{4}|1\.0000)$`, confidence)
	}
	require.ErrorContains(t, (&classifyCmd{File: unseen, Model: model, Text: []string{"body"}}).Run(), "there is no column body")
	require.ErrorIs(t, (&classifyCmd{File: unseen, Model: unseen}).Run(), learn.ErrForeign)
}

func TestTrainWithTooLittleWritesNothing(t *testing.T) {
	few := lessonTable(t, "detail\tlabel", 20, func(_ int, text, label string) string { return text + "\t" + label })
	one := lessonTable(t, "detail\tlabel", 60, func(_ int, text, _ string) string { return text + "\t灯" })
	model := filepath.Join(t.TempDir(), "model.gz")
	for path, want := range map[string]error{few: learn.ErrFewRows, one: learn.ErrOneLabel} {
		err := (&trainCmd{Files: []string{path}, Out: model, Text: []string{"detail"}, Label: "label"}).Run(t.Context())
		require.ErrorIs(t, err, want)
		require.NoFileExists(t, model)
	}
	err := (&trainCmd{Files: []string{few}, Out: model, Text: []string{"detail"}, Label: "category"}).Run(t.Context())
	require.ErrorContains(t, err, "no column category to learn")
}

func TestTrainFromTheOwnStore(t *testing.T) {
	a := openApp(t, "")
	t.Setenv("GEZHI_DB", "")
	t.Setenv("GEZHI_DATA", a.Config.Folder)
	t.Setenv("GEZHI_KEY_FILE", a.Config.KeyFile)
	model := filepath.Join(t.TempDir(), "model.gz")
	err := (&trainCmd{Out: model, Text: []string{"title", "text"}}).Run(t.Context())
	require.ErrorIs(t, err, learn.ErrFewRows)
	require.NoFileExists(t, model)
	require.ErrorContains(t, (&trainCmd{Out: model, Text: []string{"topic"}}).Run(t.Context()), "--text is for tables")
}

// The public messages, on the fixed split. The bound is what a plain machine over pieces of texts reaches elsewhere.
func TestRealMessagesAreLearned(t *testing.T) {
	needShared(t)
	cmd := trainCmd{Text: []string{"topic", "detail"}, Label: "label",
		Files: []string{sharedData + "complaints_zh/train_with_topic.tsv.gz", sharedData + "complaints_zh/train_detail_only.tsv.gz"}}
	rows, _, err := cmd.rows(t.Context())
	require.NoError(t, err)
	require.Len(t, rows, 5479)
	m, err := learn.Train(rows, cmd.Text, time.Unix(0, 0))
	require.NoError(t, err)
	require.GreaterOrEqual(t, m.About.Scores.MacroF1, 0.915)
	t.Logf("macro-F1 %.4f on %d rows kept aside", m.About.Scores.MacroF1, m.About.Scores.Rows)
}
