package demo

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed texts/*.txt
var textFiles embed.FS

// words is one thing that somebody may report.
type words struct {
	kind string // '' for the kind that the category proposes
	text string
}

// matter is what is reported in one category, how often, and how it ends.
type matter struct {
	category string
	weight   int
	reports  []words
	details  []string // more that may be said about any of the reports
	results  []string
}

// book holds every text of the demo, in the order of the files.
type book struct {
	matters []matter
	phrases map[string][]string
}

var kindOf = map[byte]string{'-': "", '!': "tipoff", '?': "enquiry", '+': "suggestion"}

// readBook reads the text files. They are part of the program, so an error is a mistake in them.
func readBook() (*book, error) {
	b := &book{phrases: map[string][]string{}}
	files, err := textFiles.ReadDir("texts")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		raw, err := textFiles.ReadFile("texts/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := b.read(string(raw)); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	return b, nil
}

func (b *book) read(text string) error {
	use := ""
	var m *matter
	for n, l := range strings.Split(text, "\n") {
		switch {
		case l == "" || l[0] == '#':
		case l[0] == '[':
			head := strings.Fields(strings.Trim(l, "[]"))
			use, m = head[0], nil
			if len(head) == 2 {
				weight, err := strconv.Atoi(head[1])
				if err != nil {
					return fmt.Errorf("line %d: %w", n+1, err)
				}
				b.matters = append(b.matters, matter{category: use, weight: weight})
				m = &b.matters[len(b.matters)-1]
			}
		case m == nil:
			b.phrases[use] = append(b.phrases[use], strings.TrimPrefix(l, "- "))
		case l[0] == '~':
			m.details = append(m.details, strings.TrimPrefix(l, "~ "))
		case l[0] == '=':
			m.results = append(m.results, strings.TrimPrefix(l, "= "))
		default:
			kind, ok := kindOf[l[0]]
			if !ok {
				return fmt.Errorf("line %d: begins with none of - ! ? + ~ =", n+1)
			}
			m.reports = append(m.reports, words{kind, l[2:]})
		}
	}
	return nil
}

// phrase picks a line of a use.
func (b *book) phrase(rng *rand.Rand, use string) string { return pick(rng, b.phrases[use]) }

// word picks one of the words of a use whose words stand on one line.
func (b *book) word(rng *rand.Rand, use string) string {
	return pick(rng, strings.Fields(b.phrases[use][0]))
}

// matter picks a matter by weight.
func (b *book) matter(rng *rand.Rand) *matter {
	return b.weighed(rng, func(m *matter) int { return m.weight })
}

// matterAt picks a matter by weight and by what is common at an hour.
func (b *book) matterAt(rng *rand.Rand, hour int) *matter {
	return b.weighed(rng, func(m *matter) int { return m.weight * (1 + 2*hoursOf(m.category)[hour]) })
}

func (b *book) weighed(rng *rand.Rand, weight func(*matter) int) *matter {
	total := 0
	for i := range b.matters {
		total += weight(&b.matters[i])
	}
	n := rng.IntN(total)
	for i := range b.matters {
		if n -= weight(&b.matters[i]); n < 0 {
			return &b.matters[i]
		}
	}
	return &b.matters[0]
}

func (b *book) of(category string) *matter {
	for i := range b.matters {
		if b.matters[i].category == category {
			return &b.matters[i]
		}
	}
	return &b.matters[0]
}

// ending picks the result that shares most with what was reported, of those that share as much any.
func (m *matter) ending(rng *rand.Rand, report string) string {
	var best []string
	most := -1
	for _, r := range m.results {
		shared := 0
		signs := []rune(r)
		for i := range len(signs) - 1 {
			if strings.Contains(report, string(signs[i:i+2])) {
				shared++
			}
		}
		if shared > most {
			best, most = nil, shared
		}
		if shared == most {
			best = append(best, r)
		}
	}
	return pick(rng, best)
}

// slots are what fill knows beside places: each with the words that it may stand for.
var slots = map[string][]string{
	"{几}": {"三", "四", "五", "六", "七", "八"},
	"{时}": {"晚上十一点", "半夜十二点", "凌晨一点", "凌晨两点", "晚上十点半", "夜里十一点半", "凌晨一点半"},
	"{天}": {"两天", "三天", "一周", "好几天", "半个月", "四五天", "十来天"},
	"{早}": {"早上六点", "早上七点", "天刚亮", "早上六点半", "清早"},
	"{晚}": {"傍晚", "晚饭后", "晚上七点多", "下班时间", "晚上八点左右"},
	"{层}": {"二楼", "三楼", "四楼", "五楼", "六楼", "顶楼", "一楼"},
	"{月}": {"上个月", "半个月前", "入春以后", "前几天", "上周"},
	"{家}": {"我家老人", "孩子", "我爱人", "邻居老伯", "楼下阿姨", "隔壁的老太太"},
}

// fill puts a place and invented details into a text; each slot may stand for something else each time.
func fill(rng *rand.Rand, text string, s spot) string {
	if !strings.Contains(text, "{") {
		return text
	}
	text = strings.NewReplacer("{地}", s.near, "{区}{几}栋", s.house, "{区}", s.compound).Replace(text)
	var b strings.Builder
	for {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			break
		}
		end := at + strings.IndexByte(text[at:], '}') + 1
		b.WriteString(text[:at])
		if list := slots[text[at:end]]; len(list) > 0 {
			b.WriteString(pick(rng, list))
		} else {
			b.WriteString(text[at:end])
		}
		text = text[end:]
	}
	b.WriteString(text)
	return b.String()
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// chance is true in so many of a hundred cases.
func chance(rng *rand.Rand, percent int) bool { return rng.IntN(100) < percent }
