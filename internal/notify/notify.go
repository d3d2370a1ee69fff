// Package notify tells people outside the screens what happened: a text message, a group robot, a webhook, or the empty
// wake-up of a phone. It follows the feed, keeps every message until it went out or was given up, and never lets one
// sender that fails hold up another.
package notify

import (
	"context"
	"errors"
	"slices"
	"time"
)

// The notices: what somebody can be told. Each has a sentence in the catalogs under notify.text.
const (
	Order    = "order"     // work was given to somebody
	Warn     = "warn"      // it will soon be late
	Overdue  = "overdue"   // it is late
	Climb    = "climb"     // what is late was put before somebody higher up
	Ask      = "ask"       // somebody asks or reminds whoever has it
	Accepted = "accepted"  // the public steps, to whoever reported
	Sent     = "sent"      //
	Arrived  = "arrived"   //
	Handled  = "handled"   //
	Closed   = "closed"    //
	Rejected = "rejected"  //
	LostCode = "lost_code" // the tracking code again, to whoever reported
	TestRun  = "test"      // an administrator tries a sender

	Emergency = "emergency" // an emergency message stands on the phone's page; it only wakes
)

// Notices lists what a sender may carry, in the order in which it is shown.
var Notices = []string{Order, Warn, Overdue, Climb, Ask, Accepted, Sent, Arrived, Handled, Closed, Rejected, LostCode}

// residentNotices go to whoever reported.
var residentNotices = []string{Accepted, Sent, Arrived, Handled, Closed, Rejected, LostCode}

// steps says which notices an action of the feed gives. An action that is not here tells nobody.
var steps = map[string][]string{
	"dispatch": {Order, Sent}, "transfer": {Order}, "hand_on": {Order}, "add_unit": {Order}, "ask_unit": {Order}, "rework": {Ask},
	"send_down": {Order}, "whistle": {Order}, "escalate": {Order}, "back_to_pool": {Order},
	"warn": {Warn}, "overdue": {Overdue}, "climb": {Climb}, "ask_progress": {Ask}, "remind": {Ask}, "supervise": {Ask},
	"accept": {Accepted}, "arrive": {Arrived}, "handle": {Handled}, "approve_reply": {Handled}, "self_handle": {Handled},
	"close": {Closed}, "reject": {Rejected},
}

// toResident tells whether a notice is for whoever reported.
func toResident(notice string) bool { return slices.Contains(residentNotices, notice) }

// Message is what goes out. It says that something happened and where to look, never what or who.
type Message struct {
	ID     string // the same at every attempt, so that a receiver can drop what it has
	Notice string
	Number string // of the incident
	Text   string // the whole sentence, with the link
	Link   string // '' while the office told no address
	To     string // telephone number; '' for a group
	At     time.Time
}

// Sender sends one message. It returns nil when the other side took it, and else a *Failure.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Failure is why a message did not go out. Its code is a translation key under notify.failed; it never holds an
// address, a key or anything else of the message.
type Failure struct {
	Code   string // timeout, connect, tls, blocked, status, answer, gone, refused, secret
	Status int    // of the answer, 0 for none
	Final  bool   // another attempt would fail the same way
}

// Error returns the code.
func (f *Failure) Error() string { return "notify: " + f.Code }

// failureOf finds the failure in an error; what is none counts as one that may pass.
func failureOf(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Code: "connect"}
}
