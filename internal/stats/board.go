package stats

// Board is everything that a wall shows beside the map, for one area and one day.
type Board struct {
	Position     int64            `json:"position"`
	Filling      bool             `json:"filling" doc:"older incidents are still being counted"`
	At           int64            `json:"at" doc:"when it was counted"`
	Zone         string           `json:"zone" doc:"the office's zone, Asia/Shanghai: by its clock days and hours are counted"`
	Area         BoardArea        `json:"area"`
	Day          string           `json:"day"`
	Today        Today            `json:"today"`
	Carried      *int64           `json:"carried" nullable:"true" doc:"open from earlier days at the day's end, or now; null for days more than 31 days ago"`
	States       map[string]int64 `json:"states" doc:"of what was received on the day and, today, what is open from earlier"`
	Promise      Promises         `json:"promise"`
	Hours        [24]Hour         `json:"hours"`
	Areas        []Rank           `json:"areas"`
	Units        []Rank           `json:"units"`
	Channels     []Tally          `json:"channels"`
	Categories   []Tally          `json:"categories"`
	Satisfaction Value            `json:"satisfaction" doc:"of what was received in the 30 days up to the day"`
	Newest       []Card           `json:"newest"`
	Urgent       []Card           `json:"urgent" doc:"open and overdue, emergencies, then what is due next"`
}

// BoardArea is the area of a board with its way up and down. An id of ” is everything that the person may see.
type BoardArea struct {
	AreaRef
	Path     []AreaRef `json:"path" doc:"from the top that the person may see down to the area"`
	Children []AreaRef `json:"children"`
}

// Today counts by the day of the event, whenever the incident was received.
type Today struct {
	Received   int64 `json:"received"`
	Dispatched int64 `json:"dispatched"`
	Arrived    int64 `json:"arrived"`
	Handled    int64 `json:"handled"`
	Closed     int64 `json:"closed"`
	Overdue    int64 `json:"overdue"`
	Open       int64 `json:"open" doc:"of what was received on the day"`
}

// Promises are the minute until somebody is sent and the five until they are there.
type Promises struct {
	Dispatch Promise `json:"dispatch"`
	Arrive   Promise `json:"arrive" doc:"of those for which no longer time is allowed"`
}

// Promise is a promise with what came of it for what was received on the day.
type Promise struct {
	LimitMs int64    `json:"limit_ms"`
	Count   int64    `json:"count"`
	InTime  int64    `json:"in_time"`
	Share   *float64 `json:"share" nullable:"true"`
	P50     *int64   `json:"p50" nullable:"true"`
	P90     *int64   `json:"p90" nullable:"true"`
	Dots    []Dot    `json:"dots"`
}

// Dot is a step of a distribution: how many took longer than the step before and at most this.
type Dot struct {
	UpToMs int64 `json:"upto_ms" doc:"0: longer than all other steps"`
	Count  int64 `json:"count"`
}

// Hour is an hour of the day.
type Hour struct {
	Received int64 `json:"received"`
	Closed   int64 `json:"closed"`
}

// Rank is an area or unit among others.
type Rank struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Level    string `json:"level,omitempty"`
	Received int64  `json:"received" doc:"on the day"`
	Closed   int64  `json:"closed" doc:"on the day"`
	Overdue  int64  `json:"overdue" doc:"went overdue on the day"`
	InTime   Value  `json:"closing_in_time" doc:"on-time closing rate of what was received in the 30 days up to the day"`
}

// Tally is how many of a kind were received on the day.
type Tally struct {
	Code   string `json:"code"`
	Name   string `json:"name,omitempty"`
	NameEN string `json:"name_en,omitempty"`
	Count  int64  `json:"count"`
}

// Card is one incident on a board.
type Card struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	Title      string `json:"title"`
	Category   string `json:"category"`
	AreaName   string `json:"area_name"`
	State      string `json:"state"`
	ReceivedAt int64  `json:"received_at"`
	Overdue    bool   `json:"overdue"`
	Emergency  bool   `json:"emergency"`
	DueAt      int64  `json:"due_at,omitempty"`
	Who        string `json:"who,omitempty" doc:"who has it: the person, or else the unit"`
}
