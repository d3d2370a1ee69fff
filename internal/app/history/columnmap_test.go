package history

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
)

func TestMapNamesEverythingThatIsWrong(t *testing.T) {
	_, err := ReadMap(strings.NewReader(`{"delimiter":"::","columns":{"txt":1,"title":"a"},"constants":{"title":"b","channel":"pigeon"},"time":{"zone":"Mars"}}`))
	for _, want := range []string{"delimiter", `no field "txt"`, "title is given by a column and by a constant", "text is missing", "received_at is missing",
		`no channel "pigeon"`, "format is missing", `no zone "Mars"`} {
		require.ErrorContains(t, err, want)
	}
	_, err = ReadMap(strings.NewReader(`{"colums":{}}`))
	require.ErrorContains(t, err, "colums")
	_, err = ReadMap(strings.NewReader(`{"columns":{"text":0}}`))
	require.ErrorContains(t, err, "a column is its name in the header or its number from 1")
}

func TestTheExampleMapHolds(t *testing.T) {
	file, err := os.Open("../../../docs/examples/complaints-map.json")
	require.NoError(t, err)
	defer file.Close()
	m, err := ReadMap(file)
	require.NoError(t, err)
	require.Equal(t, "\t", newTable(strings.NewReader(""), m).delimiter)
}

func TestTimes(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	for _, c := range []struct {
		format TimeFormat
		cell   string
		want   string
	}{
		{TimeFormat{Format: "yyyy/M/d H:mm:ss"}, "2019/2/1 9:53:47", "2019-02-01T01:53:47Z"},
		{TimeFormat{Format: "yyyy-MM-dd HH:mm", Zone: "America/Los_Angeles"}, "2012-07-01 10:00", "2012-07-01T17:00:00Z"},
		{TimeFormat{Format: "unix"}, "1549000000", "2019-02-01T05:46:40Z"},
		{TimeFormat{Format: "unix_ms"}, "1549000000123", "2019-02-01T05:46:40.123Z"},
	} {
		r, err := newClockReader(c.format, shanghai)
		require.NoError(t, err)
		ms, err := r.read(c.cell)
		require.NoError(t, err)
		require.Equal(t, c.want, time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.999Z"))
		_, err = r.read("yesterday")
		require.Error(t, err)
		ms, err = r.read(" ")
		require.NoError(t, err)
		require.Zero(t, ms)
	}
}

func TestReadingSaysWhatARowLacks(t *testing.T) {
	m, err := ReadMap(strings.NewReader(`{"columns":{"text":"what","received_at":"when","lon":"x","category":"label"},"time":{"format":"unix"},
		"constants":{"channel":"app"},"categories":{"A":"a"}}`))
	require.NoError(t, err)
	r, err := newReading(m, []string{"what", "when", "x", "label", "more"}, time.UTC)
	require.NoError(t, err)
	require.Equal(t, []string{"more"}, r.unused([]string{"what", "when", "x", "label", "more"}))
	_, _, wrong := r.report(row{cells: []string{"t", "", "NaN", "B", ""}})
	require.Equal(t, []string{`lon: "NaN" is no number`, `category: the map has no category for "B"`, "received_at: missing"}, wrong)
	_, _, wrong = r.report(row{cells: []string{"t"}})
	require.Equal(t, []string{"row: it has 1 columns, not 5"}, wrong)
	_, err = newReading(m, []string{"what", "when", "x"}, time.UTC)
	require.ErrorContains(t, err, `no column "label"`)
}

func TestAMapOfAPastSaysWhatItLacks(t *testing.T) {
	_, err := ReadMap(strings.NewReader(`{"columns":{"text":"a","received_at":"b","state":"c","channel":"d"},"time":{"format":"unix"},
		"channels":{"x":"pigeon"},"past":{"system":" ","states":{"done":"finished"},"due_hours":-1}}`))
	for _, want := range []string{"system is missing", `"done" leads to "finished"`, "closed_at is missing", "due_hours", "zone is missing", `"x" leads to "pigeon"`} {
		require.ErrorContains(t, err, want)
	}
	_, err = ReadMap(strings.NewReader(`{"columns":{"text":"a","received_at":"b","closed_at":"c"},"constants":{"channel":"app"},"time":{"format":"unix"}}`))
	require.ErrorContains(t, err, "closed_at is given, but past is missing")
}

func TestReadingOfAPast(t *testing.T) {
	m, err := ReadMap(strings.NewReader(`{"columns":{"text":"a","received_at":"b","closed_at":"c"},"constants":{"channel":"app"},
		"time":{"format":"yyyy-MM-dd HH:mm:ssXXX","zone":"America/Los_Angeles"},"past":{"system":"S","due_hours":1.5}}`))
	require.NoError(t, err)
	r, err := newReading(m, []string{"a", "b", "c"}, time.UTC)
	require.NoError(t, err)
	_, h, wrong := r.report(row{cells: []string{"t", "2016-07-13 15:11:07+00:00", "2016-07-13 16:11:07+00:00"}})
	require.Empty(t, wrong)
	require.Equal(t, [3]int64{1468422667000, 1468422667000 + 5_400_000, 1468422667000 + 3_600_000}, [3]int64{h.ReceivedAt, h.DueAt, h.EndedAt}, "the offset in the cell counts")
	require.Equal(t, incident.Closed, h.End, "without a state column the time of the close tells")
	_, h, _ = r.report(row{cells: []string{"t", "2016-07-13 15:11:07+00:00", ""}})
	require.Empty(t, h.End)
}
