// Package report writes briefs of what a centre did in a day, week or month, on schedule and on demand, and tables that
// people build from the figures. What a brief says is kept as it was at its position in the feed; pages, PDF and
// workbooks are drawn from that, so that they always agree.
package report

import "slices"

// Kind says for how long a report is.
type Kind string

// The kinds.
const (
	Daily   Kind = "daily"
	Weekly  Kind = "weekly"
	Monthly Kind = "monthly"
)

// Kinds lists the kinds, the shortest first.
var Kinds = []Kind{Daily, Weekly, Monthly}

// Known tells whether there is such a kind.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

// Report is one brief as it was made; making it again for the same period gives another version.
type Report struct {
	ID        string
	Kind      Kind
	AreaID    string
	AreaName  string
	Path      []string // ids of the areas from the top down to the report's own, when it was made
	From, To  string   // days, both within
	Version   int64
	Scheduled bool
	MadeBy    string // account; '' for the schedule
	MadeName  string
	MadeAt    int64
	Position  int64 // of the feed up to which it counts
	Brief     Brief
}

// Figure is a number or a rate of one period, beside those of the period before and of the year before. A nil Value is
// "none": nothing to count from, which is neither 0 nor 100 %.
type Figure struct {
	Code   string   `json:"code" doc:"a measure or a KPI"`
	Unit   string   `json:"unit" enum:"count,share,ms"`
	Better string   `json:"better,omitempty" enum:"more,less"`
	Value  *float64 `json:"value" nullable:"true"`
	Count  int64    `json:"count" doc:"of a rate: of how many it holds"`
	Base   int64    `json:"base" doc:"of a rate: of how many"`
	Before *float64 `json:"before" nullable:"true" doc:"in the period before"`
	Year   *float64 `json:"year" nullable:"true" doc:"a year before"`
}

// Promise is one of the two promises: sent within a minute, there within five.
type Promise struct {
	Figure
	P50 *int64 `json:"p50" nullable:"true" doc:"half took no longer, ms"`
	P90 *int64 `json:"p90" nullable:"true" doc:"nine in ten took no longer, ms"`
}

// Day is what came and went on one day.
type Day struct {
	Day      string `json:"day"`
	Received int64  `json:"received"`
	Closed   int64  `json:"closed"`
}

// Row is an area, unit, category or channel with its figures.
type Row struct {
	Key      string   `json:"key"`
	Name     string   `json:"name" doc:"'' where the key says it"`
	NameEN   string   `json:"name_en,omitempty"`
	Received int64    `json:"received"`
	Before   int64    `json:"before" doc:"received in the period before"`
	Closed   int64    `json:"closed" doc:"on days of the period, whenever it was received"`
	Overdue  int64    `json:"overdue" doc:"of what was received"`
	Closing  *float64 `json:"closing" nullable:"true" doc:"closing rate"`
}

// Matter is an open incident without a word of anybody.
type Matter struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	Category   string `json:"category"`
	CategoryEN string `json:"category_en,omitempty"`
	Area       string `json:"area"`
	Unit       string `json:"unit"`
	State      string `json:"state"`
	ReceivedAt int64  `json:"received_at"`
}

// Tally counts something by its code.
type Tally struct {
	Code  string `json:"code"`
	Count int64  `json:"count"`
	Ms    int64  `json:"ms,omitempty" doc:"of a stage: altogether over its limit"`
}

// LateMatter is an incident of which a stage was overdue, without a word of anybody.
type LateMatter struct {
	ID     string   `json:"id"`
	Number string   `json:"number"`
	Area   string   `json:"area"`
	Unit   string   `json:"unit"`
	Stage  string   `json:"stage"`
	OverMs int64    `json:"over_ms"`
	Causes []string `json:"causes" nullable:"false"`
}

// Late says what was late and why.
type Late struct {
	Total  int64        `json:"total"`
	Stages []Tally      `json:"stages" nullable:"false"`
	Causes []Tally      `json:"causes" nullable:"false"`
	Items  []LateMatter `json:"items" nullable:"false"`
}

// Brief is what a report says, in numbers; words come with the reader's language. It holds no personal data and no free
// text.
type Brief struct {
	From       string    `json:"from"`
	To         string    `json:"to"`
	BeforeFrom string    `json:"before_from"`
	BeforeTo   string    `json:"before_to"`
	YearFrom   string    `json:"year_from"`
	YearTo     string    `json:"year_to"`
	Empty      bool      `json:"empty" doc:"nothing was received, closed or overdue"`
	Filling    bool      `json:"filling" doc:"older incidents were still being counted: the figures are not whole"`
	Headline   []Figure  `json:"headline" nullable:"false"`
	Promises   []Promise `json:"promises" nullable:"false"`
	Visits     []Figure  `json:"visits" nullable:"false" doc:"response, resolution and satisfaction"`
	Days       []Day     `json:"days" nullable:"false"`
	Areas      []Row     `json:"areas" nullable:"false"`
	Units      []Row     `json:"units" nullable:"false"`
	Categories []Row     `json:"categories" nullable:"false"`
	Channels   []Row     `json:"channels" nullable:"false"`
	Oldest     []Matter  `json:"oldest" nullable:"false" doc:"open longest, when the report was made"`
	Late       Late      `json:"late"`
}
