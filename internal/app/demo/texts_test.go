package demo

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTexts reads every text: none is missing, none is left with an open slot, and none names a real number.
func TestTexts(t *testing.T) {
	b, err := readBook()
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(seed, 7))
	here := spot{home: home{compound: "锦绣苑"}, house: "锦绣苑3栋", near: "锦绣苑3栋楼下"}
	digits := regexp.MustCompile(`\d{5,}`)
	for _, m := range b.matters {
		require.GreaterOrEqual(t, len(m.reports), 5, m.category)
		require.GreaterOrEqual(t, len(m.results), 4, m.category)
		require.GreaterOrEqual(t, len(m.details), 3, m.category)
		require.Positive(t, m.weight)
		for _, w := range m.reports {
			text := fill(rng, w.text, here)
			require.NotContains(t, text, "{", m.category)
			require.False(t, digits.MatchString(text), text)
			require.NotContains(t, fill(rng, m.ending(rng, text), here), "{")
		}
	}
	for _, use := range []string{"return", "rework", "check", "reopen", "not_found", "not_ours", "no_matter", "court", "unclear", "void", "interim", "note",
		"dispatch", "satisfied", "unsatisfied", "transfer", "withdraw", "no_signal", "assist", "mediated", "answer_enquiry", "answer_suggestion",
		"hello", "answer", "goodbye", "arrived", "then", "history", "thanks", "complaint", "ask_enquiry", "ask_suggestion", "ask_tipoff",
		"extend", "suspend", "not_granted", "defer", "remind", "respond", "supervise", "escalate", "send_down", "whistle", "report_in", "study", "decision", "participants", "unmerge",
		"surname", "given", "compound_first", "compound_last", "spot"} {
		require.NotEmpty(t, b.phrases[use], use)
	}
}

// TestEndingFits answers what was reported.
func TestEndingFits(t *testing.T) {
	b, err := readBook()
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(seed, 7))
	require.Contains(t, b.of("livelihood.property").ending(rng, "锦绣苑3栋电梯又停了"), "电梯")
	require.Contains(t, b.of("safety.fire").ending(rng, "消防栓漏水，地面一直湿着"), "消防栓")
}

func TestPictures(t *testing.T) {
	for _, scene := range append(slices.Collect(maps.Keys(scenes)), slices.Collect(maps.Keys(moreScenes))...) {
		for _, after := range []bool{false, true} {
			one, err := picture(scene, after, 1)
			require.NoError(t, err)
			again, err := picture(scene, after, 1)
			require.NoError(t, err)
			require.Equal(t, one, again)
			other, err := picture(scene, after, 2)
			require.NoError(t, err)
			require.NotEqual(t, one, other)
		}
	}
}
