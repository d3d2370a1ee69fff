package stats

// LateQuery asks why incidents received in a period were late. Days are inclusive.
type LateQuery struct {
	Area, Unit, Person string
	Category, Channel  string
	From, To           string
	WorkingDays        bool
	Cursor             string
	Limit              int
}

// LateReport answers "why was it late".
type LateReport struct {
	From       string       `json:"from"`
	To         string       `json:"to"`
	Total      int64        `json:"total" doc:"incidents of which a stage was overdue"`
	ByStage    []LateStage  `json:"by_stage"`
	ByUnit     []LateCount  `json:"by_unit"`
	ByArea     []LateCount  `json:"by_area"`
	ByCategory []LateCount  `json:"by_category"`
	Causes     []CauseCount `json:"causes"`
	Items      []LateItem   `json:"items" doc:"those that were over by most first"`
	Next       string       `json:"next,omitempty"`
}

// LateStage is a stage with how often and by how much its limit was exceeded.
type LateStage struct {
	Stage  string `json:"stage"`
	Count  int64  `json:"count"`
	MsOver int64  `json:"ms_over" doc:"altogether, by the clock on the wall; of what is still overdue, until now"`
}

// LateCount counts late incidents of a unit, area or category.
type LateCount struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

// CauseCount says how many late incidents had a cause; one may have several.
type CauseCount struct {
	Cause string `json:"cause" enum:"waited_for_dispatch,waited_for_person,nobody_on_duty,returned,reassigned,reworked,reopened,paused,extension_used,no_arrival,long_handling,waited_for_check,waited_for_answer"`
	Count int64  `json:"count"`
}

// LateItem is one late incident with the stage that was over by most.
type LateItem struct {
	ID         string   `json:"id"`
	Number     string   `json:"number"`
	Title      string   `json:"title"`
	State      string   `json:"state"`
	Stage      string   `json:"stage"`
	DueAt      int64    `json:"due_at"`
	OverMs     int64    `json:"over_ms"`
	Running    bool     `json:"running" doc:"it is still overdue"`
	AreaName   string   `json:"area_name"`
	UnitName   string   `json:"unit_name"`
	PersonName string   `json:"person_name"`
	Causes     []string `json:"causes"`
	Returned   int64    `json:"returned" doc:"how often an order was given back"`
	Reworked   int64    `json:"reworked" doc:"how often it did not pass the check"`
	Extended   int64    `json:"extended" doc:"how often more time was granted"`
}
