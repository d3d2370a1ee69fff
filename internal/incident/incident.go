// Package incident is the main workflow: anything reported at a place that must be handled and answered, from the
// report to the close, with its orders and its timeline. An incident with its orders, entries and outbox rows is one
// aggregate: one transaction touches one incident.
package incident

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
)

// State is where an incident stands. Only the table in flow.go decides how it changes.
type State string

// The states.
const (
	Reported   State = "reported"
	Verifying  State = "verifying"
	Accepted   State = "accepted"
	InProgress State = "in_progress"
	Checking   State = "checking"
	Checked    State = "checked"
	Closed     State = "closed"
	Rejected   State = "rejected"
	Merged     State = "merged"
	Voided     State = "voided"
)

// Kinds of incidents: appeal, enquiry, help, complaint, tip-off, suggestion, hazard.
var Kinds = []string{"appeal", "enquiry", "help", "complaint", "tipoff", "suggestion", "hazard"}

// Severities, lowest first. The severity alone routes and limits; the flag urgent is the desk's own mark.
var Severities = []string{"minor", "general", "major", "emergency"}

// ChannelGroups maps each channel to one of the four ways in which a matter comes to notice: watch 看, receive 收,
// collect 采, report 报 (MISSION HX-45, XJ-25).
var ChannelGroups = map[string]string{
	"video": "watch", "sensor": "watch", "visit": "receive", "window": "receive", "patrol": "collect",
	"app": "report", "hotline": "report", "partner": "report",
}

// Levels of the area tree, from the top.
var Levels = []string{"city", "district", "street", "community", "grid", "microgrid"}

// Area is one node on the path to a place.
type Area struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Name  string `json:"name"`
	Level string `json:"level"`
	Kind  string `json:"-"`
}

// Reporter is who reported. In the store its fields are sealed; Name, Phone and Address hold clear text only inside a
// full view that somebody asked for with a purpose.
type Reporter struct {
	Name         string
	Phone        string
	Address      string
	Confidential bool
}

// Incident is one incident with its orders. Times are unix milliseconds; 0 means not yet. Positions are WGS-84.
type Incident struct {
	ID           string
	Number       string
	Code         string // tracking code, sealed
	State        State
	Kind         string
	Channel      string
	Category     string
	Severity     string
	Urgent       bool
	Title        string
	Text         string
	Lon, Lat     *float64
	Datum        string // of the input
	Address      string
	Details      Details // answers to what the category asks
	AreaID       string  // deepest area; '' while it is to be placed
	FiledArea    string  // area at the time of the report; never changes once set
	LevelIDs     [6]string
	Placed       bool
	LeadOrder    string
	Reporter     Reporter // sealed
	PhoneIndex   string
	CallAt       int64
	Source       string
	ExternalID   string
	Answer       string
	Solved       *bool
	Satisfaction int64
	Call         Call
	Review       Review
	Reopened     int64
	Reworked     int64
	Returned     int64

	WarnAt       int64 // nearest of the running clocks
	DueAt        int64 // nearest of the running clocks
	LateStages   int64 // stages that went overdue
	SuspendedAt  int64
	DeferredAt   int64
	PauseUntil   int64 // when a suspension or deferral ends by itself
	SupervisedAt int64
	StudyAt      int64   // since when a joint study is open
	Extensions   int64   // granted
	Asked        *Asking // what waits for approval, nil for nothing
	Rung         string  // how far it was escalated
	MergedInto   string  // id of the incident with which this one is handled, while it is merged
	Joined       int64   // others that are handled with this one
	Acted        int64   // version after the last change that is not the clocks' own

	OccurredAt   int64
	ReceivedAt   int64
	AcceptedAt   int64
	DispatchedAt int64
	TakenAt      int64
	ArrivedAt    int64
	HandledAt    int64
	CheckedAt    int64
	ClosedAt     int64

	EntryAt    int64
	EntrySeq   int64
	EntryHash  string
	RequestKey string
	Version    int64

	Orders []*Order
	Clocks []*Clock
	Copies []*Copy

	stored []any           // the columns as they are in the store, nil while unknown
	masked *maskedReporter // nil while nobody made it
	tells  bool            // a change of it has something to tell other incidents
}

// Lead returns the lead order, nil when there is none in hand.
func (i *Incident) Lead() *Order { return i.Order(i.LeadOrder) }

// Order returns one of the orders, nil when there is none with this id.
func (i *Incident) Order(id string) *Order {
	for _, o := range i.Orders {
		if o.ID == id && id != "" {
			return o
		}
	}
	return nil
}

// Target is what a scope must cover to reach the incident: the areas it lies in, the units and persons that have an
// order in hand or handled one, and whoever brought it.
func (i *Incident) Target() authz.Target {
	t := i.placeTarget()
	for _, o := range i.Orders {
		if OrderFlow.Phase(o.State) == flow.Ended {
			continue
		}
		if !slices.Contains(t.Units, o.UnitID) {
			t.Units = append(t.Units, o.UnitID)
		}
		if o.PersonID != "" && !slices.Contains(t.Persons, o.PersonID) {
			t.Persons = append(t.Persons, o.PersonID)
		}
	}
	if i.Source != "" {
		t.Persons = append(t.Persons, i.Source)
	}
	t.Units, t.Persons = i.copied(t.Units, t.Persons)
	return t
}

// placeTarget covers the incident by its areas alone.
func (i *Incident) placeTarget() authz.Target {
	var t authz.Target
	for _, id := range i.LevelIDs {
		if id != "" {
			t.Areas = append(t.Areas, id)
		}
	}
	return t
}

// Flags lists the marks beside the state, in a fixed order.
func (i *Incident) Flags() []string {
	flags := []string{}
	add := func(on bool, name string) {
		if on {
			flags = append(flags, name)
		}
	}
	add(i.Urgent, "urgent")
	add(!i.Placed, "unplaced")
	add(i.Reporter.Confidential, "confidential")
	add(i.Returned > 0 && Flow.Phase(i.State) == flow.Open, "returned")
	add(i.Reworked > 0, "reworked")
	add(i.Reopened > 0, "reopened")
	add(i.SuspendedAt > 0, "suspended")
	add(i.DeferredAt > 0, "deferred")
	add(i.SupervisedAt > 0, "supervised")
	add(i.StudyAt > 0, "study")
	add(i.Rung != "", "escalated")
	return flags
}

// StreetID returns the street in whose figures the incident counts; ” when unknown.
func (i *Incident) StreetID() string { return i.LevelIDs[2] }
