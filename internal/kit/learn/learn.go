// Package learn learns from texts with labels and proposes labels for new ones. It knows no words: texts are cut into
// runs of one to three signs, which suits Chinese as it stands, without a dictionary.
//
// Each label gets linear machines of its own, trained to tell its texts from all others; the average of their scores,
// turned into probabilities, is the answer. The same rows give the same model to the last bit.
package learn

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Version is the form of model files that this program writes and reads.
const Version = 1

// The least that learning needs. A label with fewer rows is left out, because nothing could be said about how well it
// is known.
const (
	MinRows  = 50
	MinLabel = 5
)

var (
	// ErrFewRows means that there are fewer than MinRows rows with a label that can be learned.
	ErrFewRows = fmt.Errorf("too few rows to learn from: at least %d are needed, of labels with at least %d rows each", MinRows, MinLabel)
	// ErrOneLabel means that there is nothing to tell apart.
	ErrOneLabel = errors.New("the rows have one label only: there is nothing to tell apart")
)

// Example is one row to learn from: its texts in a fixed order, where an empty one counts as not there, and its label.
type Example struct {
	Texts []string
	Label string
}

// Guess is an answer: the likeliest label, and how likely it is (0 to 1), as measured on rows kept aside.
type Guess struct {
	Label      string
	Confidence float64
}

// Model answers which label a text has. It is safe for use by several goroutines at once.
type Model struct {
	About   About
	members []*member
}

// About says where a model comes from and what it is worth.
type About struct {
	Version int       `json:"version"`
	Made    time.Time `json:"made"`
	Texts   []string  `json:"texts"`   // names of the texts, in their order
	Labels  []string  `json:"labels"`  // sorted
	Rows    int       `json:"rows"`    // learned from
	Counts  []int     `json:"counts"`  // the same for each label
	LeftOut []string  `json:"leftOut"` // labels with fewer than MinLabel rows, sorted
	Heat    float64   `json:"heat"`    // by which scores are multiplied before they become probabilities
	Scores  Scores    `json:"scores"`
}

// Train learns from all rows. What the model is worth is measured first, by a model that learned from four fifths of
// the rows, on the other fifth; rows that are nearly the same stay on one side. names are those of the texts.
func Train(rows []Example, names []string, at time.Time) (*Model, error) {
	about := About{Version: Version, Made: at.UTC().Truncate(time.Second), Texts: names}
	rows, about.LeftOut = known(rows)
	labels, y := number(rows)
	switch {
	case len(labels) == 1:
		return nil, ErrOneLabel
	case len(rows) < MinRows:
		return nil, ErrFewRows
	}
	about.Labels, about.Rows, about.Counts = labels, len(rows), make([]int, len(labels))
	for _, l := range y {
		about.Counts[l]++
	}
	aside := split(rows)
	about.Scores, about.Heat = measure(rows, y, aside, len(labels))
	about.Scores.name(labels)
	return &Model{About: about, members: fit(rows, y, len(labels))}, nil
}

// known leaves out the rows of labels that are too rare.
func known(rows []Example) (kept []Example, out []string) {
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.Label]++
	}
	for label, n := range counts {
		if n < MinLabel {
			out = append(out, label)
		}
	}
	slices.Sort(out)
	for _, r := range rows {
		if counts[r.Label] >= MinLabel {
			kept = append(kept, r)
		}
	}
	return kept, out
}

// number gives each label a number, in their sorted order.
func number(rows []Example) (labels []string, y []int) {
	for _, r := range rows {
		labels = append(labels, r.Label)
	}
	slices.Sort(labels)
	labels = slices.Compact(labels)
	y = make([]int, len(rows))
	for i, r := range rows {
		y[i], _ = slices.BinarySearch(labels, r.Label)
	}
	return labels, y
}

// Guess answers for one row; texts are in the order in which they were when learned. Where they hold nothing that was
// ever seen, the answer is the commonest label, with its share of the rows as confidence.
func (m *Model) Guess(texts []string) Guess {
	s, ok := scores(m.members, texts, len(m.About.Labels))
	if !ok {
		best := top(m.About.Counts)
		return Guess{Label: m.About.Labels[best], Confidence: share(m.About.Counts[best], m.About.Rows)}
	}
	p := probabilities(s, m.About.Heat)
	best := top(p)
	return Guess{Label: m.About.Labels[best], Confidence: p[best]}
}

// scores is the average of what the members say. It is not ok when no member knows anything of the texts.
func scores(members []*member, texts []string, labels int) (sum []float64, ok bool) {
	sum = make([]float64, labels)
	for _, m := range members {
		x := m.vector(m.recipe.parts(texts))
		ok = ok || len(x) > 0
		for l, s := range m.scores(x) {
			sum[l] += s / float64(len(members))
		}
	}
	return sum, ok
}

// each runs f for 0 to n-1, as many at once as there are processors.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
