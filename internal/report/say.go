package report

import (
	"math"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/words"
)

// speaker says the numbers of a brief in the reader's language.
type speaker struct {
	words.Speaker
	zone *time.Location
}

// none stands where there is nothing to count from.
func (s speaker) none() string { return s.Say("report.none") }

func (s speaker) count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// share writes a rate with two decimals, as centres publish it.
func (s speaker) share(v *float64) string {
	if v == nil {
		return s.none()
	}
	return hundredths(*v*100) + " %"
}

// hundredths rounds half up, as people and the screens do.
func hundredths(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', 2, 64) }

// span writes how long something took, in its two largest units.
func (s speaker) span(ms int64) string {
	seconds := (ms + 500) / 1000
	units := []struct {
		key  string
		size int64
	}{{"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}}
	for i, u := range units {
		if seconds < u.size && u.size > 1 {
			continue
		}
		out := s.Say("report.span."+u.key, "n", seconds/u.size)
		if rest := seconds % u.size; i+1 < len(units) && rest/units[i+1].size > 0 {
			out += " " + s.Say("report.span."+units[i+1].key, "n", rest/units[i+1].size)
		}
		return out
	}
	return ""
}

func (s speaker) spanOf(ms *int64) string {
	if ms == nil {
		return s.none()
	}
	return s.span(*ms)
}

// value writes a figure in its unit.
func (s speaker) value(unit string, v *float64) string {
	switch {
	case v == nil:
		return s.none()
	case unit == "share":
		return s.share(v)
	case unit == "ms":
		return s.span(int64(*v))
	}
	return s.count(int64(*v))
}

// label names a measure or a KPI as the pages of the figures do; what is counted of orders has names of its own.
func (s speaker) label(code string) string {
	name, rate := strings.CutSuffix(code, "_rate") // a KPI whose measure has the same name
	keys := []string{"kpi.measure." + code, "kpi.name." + code}
	if rate {
		keys = []string{"kpi.name." + name}
	}
	for _, key := range keys {
		if text := s.Catalog.Say(s.Lang, key, nil); text != "" {
			return text
		}
	}
	return s.Say("report.figure." + code)
}

// change says how a figure stands to an earlier one: rates in points, counts in percent.
func (s speaker) change(f Figure, earlier *float64) (text string, better int) {
	if f.Value == nil || earlier == nil {
		return s.none(), 0
	}
	d := *f.Value - *earlier
	switch {
	case d > 0:
		better = 1
	case d < 0:
		better = -1
	}
	switch f.Better {
	case "less":
		better = -better
	case "":
		better = 0
	}
	sign := ""
	if d > 0 {
		sign = "+"
	}
	switch {
	case f.Unit == "share":
		return s.Say("report.points", "n", sign+hundredths(d*100)), better
	case d == 0:
		return s.Say("report.same"), 0
	case *earlier == 0:
		return sign + s.count(int64(d)), better
	}
	return sign + strconv.FormatFloat(d / *earlier * 100, 'f', 1, 64) + " %", better
}

// moment writes an instant on the office's clock.
func (s speaker) moment(ms int64) string {
	return time.UnixMilli(ms).In(s.zone).Format("2006-01-02 15:04")
}

// period names the days of a report.
func (s speaker) period(from, to string) string {
	if from == to {
		return from
	}
	return s.Say("report.from_to", "from", from, "to", to)
}

// rowName names a row of a table by something.
func (s speaker) rowName(by string, r Row) string {
	switch {
	case by == "channel":
		return s.Say("option.channel." + r.Key)
	case by == "category" && r.Key == "":
		return s.Say("report.no_category")
	case r.Key == "" || r.Name == "" && r.Key == "-":
		return s.Say("report.no_" + by)
	case r.Name == "":
		return r.Key
	}
	return s.Pick(r.Name, r.NameEN)
}

func (s speaker) list(texts []string) string { return strings.Join(texts, s.Say("report.comma")) }
