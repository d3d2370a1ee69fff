package incident

import (
	"strings"
	"unicode/utf8"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/id"
)

// Limits of a report, in characters.
const (
	maxTitle   = 200
	maxText    = 20_000
	maxAddress = 200
	maxName    = 60
	maxPhone   = 30
	maxFiles   = 20
)

// Report is what somebody reports. The zero of a field means that it was not given.
type Report struct {
	Title      string
	Text       string
	Category   string
	Kind       string
	Channel    string
	Severity   string
	Lon, Lat   *float64
	Datum      string
	Address    string
	AreaID     string // chosen by hand where an area has no boundary
	OccurredAt int64
	CallAt     int64
	Reporter   Reporter // clear text
	Files      []string
	Details    map[string]any // answers to what the category asks
	ExternalID string         // the partner's own number; a resend gives back the first incident

	answers  Details   // Details as they were read
	resident bool      // asked only what residents are asked
	sameAs   *Incident // what the reporter pointed at
	guessed  *Guess    // by which the category was given
	urgent   bool      // marked so from the beginning
}

// check notes everything that is wrong, fills in what can be derived, and returns the position in WGS-84, nil without one.
func (r *Report) check(c *Categories, at int64) (*geo.Point, error) {
	var f fault.Fields
	r.Text = fault.CheckText(&f, "text", r.Text, true, maxText)
	r.Title = fault.CheckText(&f, "title", r.Title, false, maxTitle)
	r.Address = fault.CheckText(&f, "address", r.Address, false, maxAddress)
	r.Reporter.Name = fault.CheckText(&f, "reporter.name", r.Reporter.Name, false, maxName)
	r.Reporter.Phone = fault.CheckText(&f, "reporter.phone", r.Reporter.Phone, false, maxPhone)
	r.Reporter.Address = fault.CheckText(&f, "reporter.address", r.Reporter.Address, false, maxAddress)
	r.ExternalID = fault.CheckText(&f, "external_id", r.ExternalID, false, 100)
	if r.Reporter.Phone != "" && !plausiblePhone(r.Reporter.Phone) {
		f.Add("reporter.phone", "field.phone")
	}
	if r.Title == "" {
		r.Title = titleOf(r.Text)
	}
	if r.Category == "" {
		r.Category = c.Propose(r.Title + " " + r.Text)
	} else if !c.Usable(r.Category) {
		f.Add("category", "category.unknown")
	}
	category, _ := c.Get(r.Category)
	r.answers = Details(nil).with(c.checkDetails(&f, r.Category, r.Details, r.resident))
	r.Kind = first(r.Kind, category.Kind, "appeal")
	r.Severity = first(r.Severity, category.Severity, "general")
	checkChoice(&f, "kind", r.Kind, Kinds)
	checkChoice(&f, "severity", r.Severity, Severities)
	if _, ok := ChannelGroups[r.Channel]; !ok {
		f.Add("channel", "field.choice")
	}
	if len(r.Files) > maxFiles {
		f.Add("files", "field.too_many", "max", maxFiles)
	}
	if r.OccurredAt == 0 {
		r.OccurredAt = at
	}
	const dayMs = 24 * 3600 * 1000
	if r.OccurredAt > at+dayMs || r.OccurredAt < 0 {
		f.Add("occurred_at", "field.future")
	}
	if r.Kind == "tipoff" {
		r.Reporter.Confidential = true
	}
	p := position(&f, r.Lon, r.Lat, &r.Datum)
	return p, f.Err()
}

// position reads a position in any datum. (0,0) and a missing pair mean no position.
func position(f *fault.Fields, lon, lat *float64, datum *string) *geo.Point {
	d, err := geo.ParseDatum(*datum)
	if err != nil {
		f.Add("datum", "field.choice")
		return nil
	}
	*datum = string(d)
	if lon == nil && lat == nil {
		return nil
	}
	if lon == nil || lat == nil {
		f.Add(map[bool]string{true: "lon", false: "lat"}[lon == nil], "field.required")
		return nil
	}
	p := geo.Point{Lon: *lon, Lat: *lat}
	if p.IsZero() {
		return nil
	}
	p, err = geo.ToWGS84(p, d)
	if err != nil {
		field := "lon"
		if *lat < -90 || *lat > 90 {
			field = "lat"
		}
		f.Add(field, positionCode(err))
		return nil
	}
	return &p
}

func checkChoice(f *fault.Fields, field, value string, choices []string) {
	for _, c := range choices {
		if c == value {
			return
		}
	}
	f.Add(field, "field.choice", "choices", strings.Join(choices, ", "))
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// titleOf makes a title of the beginning of a text: its first sentence, at most 40 characters.
func titleOf(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if cut := strings.IndexAny(text, "。！？；\n!?"); cut > 0 {
		text = text[:cut]
	}
	if utf8.RuneCountInString(text) > 40 {
		text = string([]rune(text)[:39]) + "…"
	}
	return text
}

// plausiblePhone lets through what may be a number to call back: 5 to 20 digits with the usual signs between.
func plausiblePhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits++
		case !strings.ContainsRune("+-() －（）　转*#", r):
			return false
		}
	}
	return digits >= 5 && digits <= 20
}

// PhoneDigits reduces a number to its digits, without the country code of China, so that one number has one index.
func PhoneDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune('0' + (r - '０'))
		}
	}
	d := b.String()
	if len(d) == 13 && strings.HasPrefix(d, "86") {
		d = d[2:]
	}
	return d
}

// numberOf derives the number that people read out from the id and the day: yymmdd and eight digits.
func numberOf(incident, day string) string {
	n := uint64(0)
	for _, c := range []byte(id.Derive("number", incident))[10:] {
		n = n*33 + uint64(c)
	}
	n %= 100_000_000
	digits := make([]byte, 8)
	for i := 7; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return day + "-" + string(digits[:4]) + "-" + string(digits[4:])
}
