package live

import (
	"encoding/json"
	"log/slog"
	"strconv"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/outbox"
)

// event is a row of the feed, made ready once for all clients.
type event struct {
	position int64
	holds    authz.Target // whom it concerns now
	left     authz.Target // whom it concerned until now
	changed  []byte       // the frame for those whom it concerns
	gone     []byte       // the frame for those whom it no longer concerns
}

// body is what the feed says of a change.
type body struct {
	shown
	Areas       []string `json:"areas"`
	Units       []string `json:"units"`
	Persons     []string `json:"persons"`
	LeftAreas   []string `json:"left_areas"`
	LeftUnits   []string `json:"left_units"`
	LeftPersons []string `json:"left_persons"`
}

// shown is what a client is told of a change; it loads what it may see.
type shown struct {
	Incident string `json:"incident"`
	Order    string `json:"order,omitempty"`
	Version  int64  `json:"version"`
	State    string `json:"state"`
	Do       string `json:"do"`
}

// decode makes an event ready. One that cannot be read takes its place in the order and concerns nobody.
func decode(row outbox.Event) *event {
	var b body
	if err := json.Unmarshal(row.Body, &b); err != nil || strings.ContainsAny(row.Kind, "\r\n") {
		slog.Error("an event of the feed cannot be read", "topic", row.Topic, "position", row.Position)
		return &event{position: row.Position}
	}
	return &event{
		position: row.Position,
		holds:    authz.Target{Areas: b.Areas, Units: b.Units, Persons: b.Persons},
		left:     authz.Target{Areas: b.LeftAreas, Units: b.LeftUnits, Persons: b.LeftPersons},
		changed:  frame(row.Position, row.Kind, b.shown),
		gone:     frame(row.Position, Gone, map[string]string{"incident": b.Incident}),
	}
}

// frameFor returns what somebody with this scope is sent; nil for nothing.
func (e *event) frameFor(s authz.Scope) []byte {
	switch {
	case e.changed == nil:
		return nil
	case s.Covers(e.holds):
		return e.changed
	case s.Covers(e.left):
		return e.gone
	}
	return nil
}

// frame writes an event in the form of text/event-stream.
func frame(position int64, kind string, data any) []byte {
	text, err := json.Marshal(data)
	if err != nil {
		panic("live: data: " + err.Error()) // strings and numbers always marshal
	}
	out := make([]byte, 0, len(text)+len(kind)+40)
	out = append(out, "id: "...)
	out = strconv.AppendInt(out, position, 10)
	out = append(out, "\nevent: "...)
	out = append(out, kind...)
	out = append(out, "\ndata: "...)
	out = append(out, text...)
	return append(out, "\n\n"...)
}

// bare writes an event that has no position in the stream.
func bare(kind string, data any) []byte {
	text, err := json.Marshal(data)
	if err != nil {
		panic("live: data: " + err.Error()) // strings always marshal
	}
	return []byte("event: " + kind + "\ndata: " + string(text) + "\n\n")
}

// beat is a sign of life that moves the client's position on, so that after a quiet day it resumes from here.
func beat(position int64) []byte {
	return []byte(": beat\nid: " + strconv.FormatInt(position, 10) + "\n\n")
}

// hello begins a stream: how long to wait before coming back, in ms, and from where.
func hello(position int64) []byte {
	return []byte("retry: 2000\nid: " + strconv.FormatInt(position, 10) + "\n\n")
}
