package report

import (
	"context"
	"slices"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// Definition is a table as somebody built it.
type Definition struct {
	Subject  string   `json:"subject" enum:"incidents,orders"`
	Rows     string   `json:"rows" maxLength:"16"`
	Columns  string   `json:"columns,omitempty" maxLength:"16" doc:"'' for one column a value"`
	Level    string   `json:"level,omitempty" maxLength:"16" doc:"of areas in rows or columns; '' for the level below the chosen area"`
	Values   []string `json:"values" maxItems:"12" nullable:"false" doc:"measures and KPIs; with columns only the first"`
	Area     string   `json:"area,omitempty" maxLength:"64"`
	Unit     string   `json:"unit,omitempty" maxLength:"64"`
	Category string   `json:"category,omitempty" maxLength:"100"`
	Channel  string   `json:"channel,omitempty" maxLength:"40"`
	State    string   `json:"state,omitempty" maxLength:"20"`
	Period   string   `json:"period" enum:"days,last7,last30,month,last_month,year"`
	From     string   `json:"from,omitempty" maxLength:"10"`
	To       string   `json:"to,omitempty" maxLength:"10"`
}

// Dimensions are what rows and columns may stand for.
var Dimensions = []string{"area", "unit", "person", "category", "channel", "state", "day", "week", "month"}

// orderIndicators are what is counted of orders.
var orderIndicators = []Indicator{
	{Code: "orders", Unit: "count"}, {Code: "orders_open", Unit: "count"}, {Code: "orders_accepted", Unit: "count"}, {Code: "orders_arrived", Unit: "count"},
	{Code: "orders_handled", Unit: "count"}, {Code: "orders_returned", Unit: "count"}, {Code: "orders_withdrawn", Unit: "count"},
	{Code: "orders_ms_accept", Unit: "ms", KPI: true}, {Code: "orders_ms_handle", Unit: "ms", KPI: true},
}

// The bounds of a table.
const (
	maxColumns = 36
	maxRows    = 500
	maxItems   = 200_000 // what is counted one by one
)

// Column is one column of a counted table.
type Column struct {
	Key    string `json:"key"`
	Name   string `json:"name" doc:"'' where the key says it"`
	NameEN string `json:"name_en,omitempty"`
	Value  string `json:"value" doc:"measure or KPI"`
	Unit   string `json:"unit" enum:"count,share,ms"`
}

// Counted is one row of a counted table; a cell of null is "none".
type Counted struct {
	Key    string     `json:"key"`
	Name   string     `json:"name"`
	NameEN string     `json:"name_en,omitempty"`
	Cells  []*float64 `json:"cells" nullable:"false"`
}

// Grid is a counted table.
type Grid struct {
	From     string    `json:"from"`
	To       string    `json:"to"`
	At       int64     `json:"at"`
	Position int64     `json:"position" doc:"of the feed up to which it counts; 0 for orders, which are counted as they are"`
	Filling  bool      `json:"filling"`
	Columns  []Column  `json:"columns" nullable:"false"`
	Rows     []Counted `json:"rows" nullable:"false"`
	Total    Counted   `json:"total"`
	Left     int       `json:"left" doc:"rows that are not shown"`
}

// Item is one incident or order to be counted.
type Item struct {
	Levels                                 []string // areas from the top down
	Unit, Person, Category, Channel, State string
	Day                                    string
	Sums                                   map[string]int64 // of orders
}

// Orders gives what is counted one by one.
type Orders interface {
	// EachIncident gives the incidents that figures count, in the asked days.
	EachIncident(ctx context.Context, actor authz.Actor, ask Ask, fn func(Item) error) error
	// EachOrder gives the orders that were sent in the asked days, of incidents that the actor may see figures of.
	EachOrder(ctx context.Context, actor authz.Actor, ask Ask, fn func(Item) error) error
	// Named names keys of a dimension.
	Named(ctx context.Context, dimension string, keys []string) (map[string][2]string, error)
	// Depth tells at which place of Levels a level stands, -1 when there is none.
	Depth(level string) int
}

// IndicatorsOf lists what may stand in the cells of a subject.
func (s *Service) IndicatorsOf(subject string) []Indicator {
	if subject == "orders" {
		return orderIndicators
	}
	return s.indicators
}

// Check notes everything that is wrong with a definition, and says which days it means.
func (s *Service) Check(d Definition) (Period, error) {
	var wrong fault.Fields
	if d.Subject != "incidents" && d.Subject != "orders" {
		wrong.Add("subject", "field.choice")
	}
	if !slices.Contains(Dimensions, d.Rows) {
		wrong.Add("rows", "field.choice")
	}
	if d.Columns != "" && !slices.Contains(Dimensions, d.Columns) {
		wrong.Add("columns", "field.choice")
	}
	if d.Columns != "" && d.Columns == d.Rows {
		wrong.Add("columns", "table.same")
	}
	if len(d.Values) == 0 {
		wrong.Add("values", "table.no_value")
	}
	for _, v := range d.Values {
		if !slices.ContainsFunc(s.IndicatorsOf(d.Subject), func(i Indicator) bool { return i.Code == v }) {
			wrong.Add("values", "field.choice")
			break
		}
	}
	if d.byItem() && d.Subject == "incidents" && !slices.Equal(d.Values, []string{"received"}) {
		wrong.Add("values", "table.state_counts")
	}
	p, ok := s.days(d)
	if !ok {
		wrong.Add("from", "table.days")
	}
	return p, wrong.Err()
}

// byItem tells whether the running sums do not know what is asked: the state of now is in none of them.
func (d Definition) byItem() bool {
	return d.Subject == "orders" || d.State != "" || d.Rows == "state" || d.Columns == "state"
}

// days returns the days that a definition means today; false when they are none.
func (s *Service) days(d Definition) (Period, bool) {
	day := today(s.Clock.Now(), s.zone())
	switch d.Period {
	case "last7":
		return Period{day.AddDate(0, 0, -6), day}, true
	case "last30":
		return Period{day.AddDate(0, 0, -29), day}, true
	case "month":
		return Period{Monthly.of(day).From, day}, true
	case "last_month":
		return Monthly.before(Monthly.of(day)), true
	case "year":
		return Period{day.AddDate(0, 0, 1-day.YearDay()), day}, true
	}
	from, ok := dayOf(d.From)
	to, ok2 := dayOf(d.To)
	p := Period{from, to}
	return p, d.Period == "days" && ok && ok2 && !to.Before(from) && p.Length() <= 3660
}

// bucket is the key of the row or column into which a day falls, as the running sums name it.
func bucket(by, day string) string {
	at, ok := dayOf(day)
	if !ok {
		return day
	}
	switch by {
	case "week":
		from, _ := Weekly.of(at).Days()
		return from
	case "month":
		return day[:7]
	}
	return day
}

// buckets lists the days, weeks or months of a period that are not after today.
func (s *Service) buckets(by string, p Period) []string {
	var keys []string
	last := today(s.Clock.Now(), s.zone())
	for day := p.From; !day.After(p.To) && !day.After(last); day = day.AddDate(0, 0, 1) {
		if key := bucket(by, day.Format(dayForm)); len(keys) == 0 || keys[len(keys)-1] != key {
			keys = append(keys, key)
		}
	}
	return keys
}

func timely(dimension string) bool {
	return dimension == "day" || dimension == "week" || dimension == "month"
}

// within narrows an ask to what one row or column stands for.
func (a Ask) within(dimension, key string, p Period) Ask {
	switch dimension {
	case "area":
		a.Area = key
	case "unit":
		a.Unit = key
	case "person":
		a.Person = key
	case "category":
		a.Category = key
	case "channel":
		a.Channel = key
	case "day":
		a.From, a.To = key, key
	case "week", "month":
		at, _ := dayOf((key + "-01")[:10])
		some := Weekly.of(at)
		if dimension == "month" {
			some = Monthly.of(at)
		}
		from, to := some.Days()
		a.From, a.To = max(a.From, from), min(a.To, to)
	}
	return a
}

func (d Definition) ask(p Period) Ask {
	a := Ask{Level: d.Level, Area: d.Area, Unit: d.Unit, Category: d.Category, Channel: d.Channel}
	a.From, a.To = p.Days()
	return a
}

// joined is how a column of several values is told apart.
func joined(parts ...string) string { return strings.Join(parts, " ") }
