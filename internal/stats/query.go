package stats

// Query asks for a table of figures. Days are inclusive and of the office's zone.
type Query struct {
	By           string // one of Bys
	Level        string // with By area: of the rows; "" for the level right below the asked area
	Area         string // "" for everything that the actor may see
	Unit         string
	Person       string
	Category     string
	Channel      string
	From, To     string
	Compare      string // one of Compares
	BaselineFrom string // with Compare baseline
	BaselineTo   string
	WorkingDays  bool // only what was received on working days
	Top          int  // rows at most; 0 for all
	Sort         string
	KPIs         []string // which; none for all
	Percentiles  bool     // also where there are many incidents, which takes longer
}

// Bys are what rows of a table may stand for.
var Bys = []string{"none", "area", "unit", "person", "category", "channel", "day", "week", "month"}

// Compares are the periods with which one may be compared.
var Compares = []string{"none", "previous", "year", "baseline"}

// Row is one row of a table.
type Row struct {
	Key      string           `json:"key"`
	Name     string           `json:"name" doc:"of an area, unit, person or category; '' where the key says it"`
	Level    string           `json:"level,omitempty"`
	Measures map[string]int64 `json:"measures"`
	KPIs     map[string]Value `json:"kpis"`
	Before   *Row             `json:"before,omitempty" doc:"the same in the period that it is compared with"`
}

// Result is a table of figures.
type Result struct {
	Position   int64    `json:"position" doc:"how far in the feed the figures have come"`
	Filling    bool     `json:"filling" doc:"older incidents are still being counted: the figures are not whole yet"`
	At         int64    `json:"at"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	BeforeFrom string   `json:"before_from,omitempty"`
	BeforeTo   string   `json:"before_to,omitempty"`
	Area       *AreaRef `json:"area,omitempty"`
	KPIs       []string `json:"kpis"`
	Rows       []Row    `json:"rows"`
	Left       int      `json:"left" doc:"rows beyond top"`
	Total      Row      `json:"total"`
	Events     bool     `json:"events" doc:"whether measures by the day of an event (on_...) are told; several filters at once leave them out"`
}

// AreaRef names an area.
type AreaRef struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level string `json:"level"`
}
