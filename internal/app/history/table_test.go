package history

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func readAll(t *testing.T, text string, m *Map) []row {
	t.Helper()
	table := newTable(strings.NewReader(text), m)
	var rows []row
	for {
		r, err := table.next()
		if err == io.EOF {
			return rows
		}
		require.NoError(t, err)
		rows = append(rows, r)
	}
}

func TestTableKeepsEveryCharacterOfACell(t *testing.T) {
	rows := readAll(t, "\xef\xbb\xbfa,b,c\r\n\"x\r\ny \"\"z\"\"\", 5\" ,\r\n\n,,\nlast,\"\",q", &Map{})
	var cells [][]string
	for _, r := range rows {
		require.Empty(t, r.broken)
		cells = append(cells, r.cells)
	}
	require.Equal(t, [][]string{{"a", "b", "c"}, {"x\r\ny \"z\"", " 5\" ", ""}, {"", "", ""}, {"last", "", "q"}}, cells)
	require.Equal(t, "\"x\r\ny \"\"z\"\"\", 5\" ,", rows[1].raw)
	require.Equal(t, 4, rows[3].number)
}

func TestTableWithoutQuotesTakesThemAsTheyAre(t *testing.T) {
	rows := readAll(t, "\"a\tb\"\t\n", &Map{Delimiter: "tab"})
	require.Equal(t, []string{`"a`, `b"`, ""}, rows[0].cells)
}

func TestTableNamesBrokenQuotes(t *testing.T) {
	rows := readAll(t, "\"a\"b,c\n", &Map{})
	require.Equal(t, "cell 1 goes on behind its closing quote", rows[0].broken)
	rows = readAll(t, "a,\"b\nc,d\n", &Map{})
	require.Len(t, rows, 1)
	require.Equal(t, "the quote of cell 2 is never closed", rows[0].broken)
	require.Equal(t, "a,\"b\nc,d", rows[0].raw)
}

func TestTableRefusesAnEndlessRow(t *testing.T) {
	table := newTable(strings.NewReader(strings.Repeat("x", maxRow+1)), &Map{})
	_, err := table.next()
	require.ErrorIs(t, err, errRowTooLong)
}

// Whatever a file holds, its rows put together are the file: nothing is lost and nothing invented.
func FuzzTable(f *testing.F) {
	f.Add("a,b\n\"c\r\n\",d\n", true)
	f.Add("\"\"\"\n\n,\r\n", true)
	f.Add("a\r\nb\rc\n", false)
	f.Fuzz(func(t *testing.T, text string, quotes bool) {
		table := newTable(strings.NewReader(text), &Map{Quotes: &quotes})
		var raw strings.Builder
		for {
			r, err := table.next()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			raw.WriteString(r.raw)
		}
		plain := func(s string) string {
			return strings.NewReplacer("\r", "", "\n", "").Replace(strings.TrimPrefix(s, "\xef\xbb\xbf"))
		}
		require.Equal(t, plain(text), plain(raw.String()))
	})
}
