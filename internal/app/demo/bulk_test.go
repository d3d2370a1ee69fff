package demo_test

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
	"gezhi/internal/app/demo"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
)

// TestBulk makes history in bulk on both engines, is stopped in the middle and goes on: the store is whole each time,
// the same command again makes nothing, and both engines tell the same.
func TestBulk(t *testing.T) {
	var told []map[string]string
	each(t, func(t *testing.T, a *app.App, clock *demo.Clock) {
		s := services(a, clock)
		require.NoError(t, demo.LoadOffice(context.Background(), s, demo.Small))
		clock.Set(until)
		ctx, stop := context.WithCancel(context.Background())
		first, err := demo.Bulk(ctx, s, a.DB, 1_600, func(demo.Progress) { stop() })
		require.ErrorIs(t, err, context.Canceled)
		require.True(t, first.Done >= 500 && first.Done < 1_600, "%d", first.Done)
		intact(t, a, first.Done)

		last, err := demo.Bulk(context.Background(), s, a.DB, 1_600, func(p demo.Progress) {
			require.Positive(t, p.Rate())
			require.GreaterOrEqual(t, p.Left(), 0*p.Took)
		})
		require.NoError(t, err)
		require.Equal(t, 1_600, last.Done)
		require.Equal(t, 1_600-first.Done, last.Fresh)
		intact(t, a, 1_600)
		again, err := demo.Bulk(context.Background(), s, a.DB, 1_600, func(demo.Progress) { t.Error("nothing is left to do") })
		require.NoError(t, err)
		require.Zero(t, again.Fresh)
		head, err := a.Feed.Head(context.Background(), incident.Topic)
		require.NoError(t, err)
		require.Zero(t, head, "it lies below the feed's horizon")
		told = append(told, natural(t, all(t, a)))
		goesOn(t, a)
	})
	if len(told) == 2 {
		require.Equal(t, told[0], told[1])
	}
}

// intact verifies chains, anchor, figures, and how many there are.
func intact(t *testing.T, a *app.App, incidents int) {
	t.Helper()
	v, err := a.Incident.Verify(context.Background())
	require.NoError(t, err)
	require.Empty(t, v.Broken)
	require.EqualValues(t, incidents, v.Incidents)
	require.EqualValues(t, incidents, v.Anchor.Count)
	differences, err := a.Incident.Recount(context.Background())
	require.NoError(t, err)
	require.Empty(t, differences)
	counted, err := a.Stats.Recount(context.Background(), nil)
	require.NoError(t, err)
	require.Empty(t, counted.Differences)
	require.EqualValues(t, incidents, counted.Facts+counted.Waiting)
}

var (
	longDigits = regexp.MustCompile(`\d{5,}`)
	openSlot   = regexp.MustCompile(`[{}]`)
)

// natural looks at the words: hardly any text comes twice, no slot is open, no number is in them, and all is over.
func natural(t *testing.T, list []*incident.Incident) map[string]string {
	t.Helper()
	telling, texts, results, sentences := map[string]string{}, map[string]int{}, map[string]int{}, map[string]int{}
	handled := 0
	for _, i := range list {
		telling[i.ExternalID] = fmt.Sprint(i.ReceivedAt, i.State, i.Category, i.Title, i.Text, i.Answer, i.EntrySeq)
		texts[i.Text]++
		for _, part := range strings.Split(i.Text, "。") {
			if len([]rune(part)) > 25 {
				sentences[part]++
			}
		}
		words := i.Title + i.Text + i.Address + i.Answer
		for _, o := range i.Orders {
			words += o.Result + o.Note
			if o.Role == incident.Lead && o.State == incident.Handled {
				handled++
				results[o.Result]++
			}
		}
		require.NotRegexp(t, openSlot, words)
		require.NotRegexp(t, longDigits, words)
		require.NotEqual(t, flow.Open, incident.Flow.Phase(i.State), i.ExternalID)
	}
	require.Greater(t, float64(len(texts))/float64(len(list)), 0.95)
	require.Greater(t, float64(len(results))/float64(handled), 0.75)
	for s, n := range sentences {
		require.LessOrEqual(t, n, len(list)/100, s)
	}
	return telling
}

// goesOn searches the bulk and takes up one of its incidents, as if it had been there all along.
func goesOn(t *testing.T, a *app.App) {
	t.Helper()
	ctx := context.Background()
	found, _, err := a.Incident.List(ctx, machine, incident.Filter{Q: "电梯", States: []string{string(incident.Closed)}})
	require.NoError(t, err)
	require.NotEmpty(t, found)
	_, err = a.Incident.Act(ctx, authz.System("test"), found[0].ID, incident.Action{Do: "note", Fields: fields("text", "回头看：没有再坏。")})
	require.NoError(t, err)
	drain(t, a)
	intact(t, a, 1_600)
}

func fields(name, value string) map[string]json.RawMessage {
	return map[string]json.RawMessage{name: json.RawMessage(strconv.Quote(value))}
}

// drain lets everybody who follows the feed catch up.
func drain(t *testing.T, a *app.App) {
	t.Helper()
	ctx := context.Background()
	for n := 1; n > 0; {
		var err error
		n, err = a.Relay.Once(ctx)
		require.NoError(t, err)
	}
	for _, c := range a.Incident.Consumers() {
		for n := 1; n > 0; {
			var err error
			n, err = a.Feed.Step(ctx, c)
			require.NoError(t, err)
		}
	}
}
