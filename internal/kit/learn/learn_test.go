package learn_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/learn"
)

var at = time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)

// rows makes invented rows: what a text is about is said by one of a few words, among others that say nothing.
func rows(n int) []learn.Example {
	about := map[string][]string{
		"灯":  {"路灯不亮", "灯杆倒了", "夜里漆黑一片", "灯泡闪个不停"},
		"水":  {"水管爆裂", "井盖冒水", "自来水发黄", "家里停水"},
		"噪声": {"半夜唱歌", "工地轰鸣", "音响太吵", "喇叭叫卖"},
	}
	around := []string{"您好", "我住在南边的小区", "请尽快看看", "已经三天了", "谢谢", "打过两次电话", "邻居都在问", "在学校东门", "昨天晚上开始", "老人出门不便"}
	labels := []string{"灯", "水", "噪声"}
	var out []learn.Example
	for i := range n {
		label := labels[i%3]
		pick := func(k int) string { return around[(i*7+k*3+i/10)%len(around)] }
		text := fmt.Sprintf("%s，%s%s，%s。%s%d号", pick(0), pick(1), about[label][i/3%4], pick(2), pick(3), i)
		title := ""
		if i%4 == 0 {
			title = about[label][i/3%4]
		}
		out = append(out, learn.Example{Texts: []string{title, text}, Label: label})
	}
	return out
}

func trained(t *testing.T, n int) *learn.Model {
	t.Helper()
	m, err := learn.Train(rows(n), []string{"title", "text"}, at)
	require.NoError(t, err)
	return m
}

func TestAModelKnowsWhatItLearned(t *testing.T) {
	m := trained(t, 240)
	require.Equal(t, []string{"噪声", "水", "灯"}, m.About.Labels)
	require.Equal(t, 240, m.About.Rows)
	require.Equal(t, []int{80, 80, 80}, m.About.Counts)
	require.Equal(t, at, m.About.Made)
	require.Greater(t, m.About.Scores.MacroF1, 0.95)
	for text, label := range map[string]string{"楼下路灯又不亮了": "灯", "水管爆裂，满地是水": "水", "工地半夜轰鸣": "噪声"} {
		g := m.Guess([]string{"", text})
		require.Equal(t, label, g.Label, text)
		require.Greater(t, g.Confidence, 0.5, text)
		require.Equal(t, label, m.Guess([]string{text, ""}).Label, "in a title as in a text")
	}
}

func TestATextThatSaysNothingIsNotAnsweredSurely(t *testing.T) {
	m := trained(t, 240)
	for _, text := range []string{"", "！？", "xyz", strings.Repeat("囧", 5000), "\xff\xfe"} {
		g := m.Guess([]string{text})
		require.Contains(t, m.About.Labels, g.Label)
		require.False(t, math.IsNaN(g.Confidence), text)
		require.Less(t, g.Confidence, 0.9, text)
	}
}

func TestTheSameRowsGiveTheSameFile(t *testing.T) {
	var a, b bytes.Buffer
	require.NoError(t, trained(t, 120).Write(&a))
	require.NoError(t, trained(t, 120).Write(&b))
	require.Equal(t, a.Bytes(), b.Bytes())
}

func TestAReadModelAnswersAsTheWrittenOne(t *testing.T) {
	m := trained(t, 120)
	path := filepath.Join(t.TempDir(), "m")
	require.NoError(t, m.Save(path))
	read, err := learn.Open(path)
	require.NoError(t, err)
	require.Equal(t, m.About, read.About)
	for _, r := range rows(60) {
		a, b := m.Guess(r.Texts), read.Guess(r.Texts)
		require.Equal(t, a.Label, b.Label)
		require.InDelta(t, a.Confidence, b.Confidence, 0.001, "weights are rounded in a file")
	}
}

func TestTooLittleToLearnFrom(t *testing.T) {
	_, err := learn.Train(nil, nil, at)
	require.ErrorIs(t, err, learn.ErrFewRows)
	_, err = learn.Train(rows(learn.MinRows-1), nil, at)
	require.ErrorIs(t, err, learn.ErrFewRows)
	one := rows(120)
	for i := range one {
		one[i].Label = "灯"
	}
	_, err = learn.Train(one, nil, at)
	require.ErrorIs(t, err, learn.ErrOneLabel)

	rare := append(rows(120), learn.Example{Texts: []string{"", "树倒了"}, Label: "树"})
	m, err := learn.Train(rare, nil, at)
	require.NoError(t, err)
	require.Equal(t, []string{"树"}, m.About.LeftOut)
	require.NotContains(t, m.About.Labels, "树")
}

// Rows that are copies of each other stay on one side of the split, so knowing them by heart earns nothing.
func TestCopiesDoNotFlatterTheScores(t *testing.T) {
	var all []learn.Example
	for i := range 100 {
		label := []string{"甲", "乙"}[i*7919/13%2]
		text := fmt.Sprintf("%x", sha256.Sum256([]byte{byte(i)}))
		for copies := range 4 {
			all = append(all, learn.Example{Texts: []string{text + strings.Repeat("！", copies)}, Label: label})
		}
	}
	m, err := learn.Train(all, []string{"text"}, at)
	require.NoError(t, err)
	require.Less(t, m.About.Scores.Right, 0.75, "nothing can be learned from these")

	same := make([]learn.Example, 60)
	for i := range same {
		same[i] = learn.Example{Texts: []string{"路灯不亮，请尽快修理，谢谢"}, Label: []string{"甲", "乙"}[i%2]}
	}
	m, err = learn.Train(same, []string{"text"}, at)
	require.NoError(t, err)
	require.True(t, m.About.Scores.OneSided)
}

func TestFilesThatAreNoModel(t *testing.T) {
	var whole bytes.Buffer
	require.NoError(t, trained(t, 60).Write(&whole))
	packed := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(text))
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	signed := func(text string) []byte {
		text = "gezhi-model\n" + string(rune(len(text))) + text
		sum := sha256.Sum256([]byte(text))
		return packed(text + string(sum[:]))
	}
	for name, c := range map[string]struct {
		content []byte
		err     error
	}{
		"empty":           {nil, learn.ErrForeign},
		"another file":    {[]byte("PK\x03\x04"), learn.ErrForeign},
		"another gzip":    {packed("detail\tlabel\n"), learn.ErrForeign},
		"cut off":         {whole.Bytes()[:whole.Len()/2], learn.ErrDamaged},
		"a few bytes off": {whole.Bytes()[:whole.Len()-3], learn.ErrDamaged},
		"wrong digest":    {packed("gezhi-model\n{}" + strings.Repeat("x", 64)), learn.ErrDamaged},
		"no head":         {signed("{}"), learn.ErrDamaged},
		"a huge promise":  {signed(`{"about":{"labels":["a","b"]},"members":[{"pieces":999999999,"bias":[1,2],"step":[1,2]}]}`), learn.ErrDamaged},
		"a later version": {signed(`{"about":{"version":2}}`), learn.ErrNewer},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := learn.Read(bytes.NewReader(c.content))
			require.ErrorIs(t, err, c.err)
		})
	}
	for i := 20; i < whole.Len(); i += max(1, whole.Len()/60) {
		broken := bytes.Clone(whole.Bytes())
		broken[i] ^= 0x40
		m, err := learn.Read(bytes.NewReader(broken))
		if err != nil {
			continue
		}
		var again bytes.Buffer
		require.NoError(t, m.Write(&again), "byte %d", i)
		require.Equal(t, whole.Bytes(), again.Bytes(), "a bit that packing does not use, or the damage is noticed: byte %d", i)
	}
}
