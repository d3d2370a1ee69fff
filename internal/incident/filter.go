package incident

import (
	"encoding/base64"
	"strconv"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Queues are the lists of work: what waits for me, today's, what is due soon or overdue, those without a place, and of orders in hand those that
// the actor's units may claim, the actor's own, all of the actor's units, and replies of theirs to approve.
var Queues = []string{"todo", "today", "soon", "unplaced", "pool", "mine", "unit", "approval", "due"}

// Marks are the flags by which a list can be filtered; asked means that something waits for approval.
var Marks = []string{"urgent", "unplaced", "suspended", "deferred", "supervised", "study", "escalated", "asked"}

// Filter says which incidents a list shows. Empty fields do not filter.
type Filter struct {
	Queue    string // one of Queues; '' for all
	States   []string
	Category string // with everything below it
	Kind     string
	Channel  string
	Group    string // channel group
	Severity string
	Area     string // with everything below it
	Unit     string // has an order in hand
	Person   string // has an order in hand
	Flag     string // one of Marks
	Clock    string // yellow or red: how the nearest of the running clocks stands
	Sort     string // due: by what is due next; '' for newest first
	Call     string // due: closed, and to be called again by now
	Q        string // number, phone or text
	From, To int64  // received_at, unix ms, [From, To)
	Box      *Box
	Limit    int
	Cursor   string
}

// Box is a rectangle in WGS-84.
type Box struct{ West, South, East, North float64 }

// ParseBox reads "west,south,east,north".
func ParseBox(s string) (*Box, bool) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 {
		return nil, false
	}
	var v [4]float64
	for i, p := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || f != f || f < -180 || f > 180 {
			return nil, false
		}
		v[i] = f
	}
	return &Box{v[0], v[1], v[2], v[3]}, v[0] <= v[2] && v[1] <= v[3]
}

// cursor is the place in a list behind which the next page begins.
type cursor struct {
	at int64
	id string
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.at, 36) + " " + c.id))
}

func parseCursor(s string) (*cursor, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		if at, last, ok := strings.Cut(string(b), " "); ok {
			if n, err := strconv.ParseInt(at, 36, 64); err == nil && id.Valid(last) {
				return &cursor{n, last}, nil
			}
		}
	}
	return nil, invalid("cursor", "field.cursor")
}

// check refuses values that no incident can have.
func (f *Filter) check() error {
	var faults fault.Fields
	if f.Queue != "" {
		checkChoice(&faults, "queue", f.Queue, Queues)
	}
	for _, s := range f.States {
		if !knownState(s) {
			faults.Add("state", "field.choice")
		}
	}
	if f.Flag != "" {
		checkChoice(&faults, "flag", f.Flag, Marks)
	}
	if f.Clock != "" {
		checkChoice(&faults, "clock", f.Clock, []string{"yellow", "red"})
	}
	if f.Sort != "" {
		checkChoice(&faults, "sort", f.Sort, []string{"due"})
	}
	if f.Call != "" {
		checkChoice(&faults, "call", f.Call, []string{"due"})
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	if f.Limit < 1 || f.Limit > 200 {
		faults.Add("limit", "field.too_large", "max", 200)
	}
	f.Q = fault.CheckText(&faults, "q", f.Q, false, 200)
	for field, value := range map[string]string{"category": f.Category, "kind": f.Kind, "channel": f.Channel, "group": f.Group,
		"severity": f.Severity, "area": f.Area, "unit": f.Unit, "person": f.Person} {
		fault.CheckText(&faults, field, value, false, 200)
	}
	return faults.Err()
}

func knownState(s string) bool {
	for _, st := range Flow.States {
		if string(st.Name) == s {
			return true
		}
	}
	return false
}

// byDue tells whether the list is ordered by what is due next, which leaves out what has no clock running.
func (f *Filter) byDue() bool { return f.Queue == "soon" || f.Sort == "due" }
