package incident

import (
	"sync"

	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/jsontext"
)

// IncidentsOutBody is a page of incidents. It is by far the longest answer and the one asked for most, so it is
// written without reflection.
type IncidentsOutBody struct {
	Items []View `json:"items"`
	Next  string `json:"next,omitempty" doc:"cursor of the next page"`
}

// AppendJSON writes the page as encoding/json would.
func (b IncidentsOutBody) AppendJSON(w *jsontext.Writer) {
	w.Open('{')
	w.Key("items")
	jsontext.List(w, b.Items, func(w *jsontext.Writer, v View) { v.AppendJSON(w) })
	w.SomeText("next", b.Next)
	w.Close('}')
}

// AppendJSON writes the incident as encoding/json would.
func (v View) AppendJSON(w *jsontext.Writer) {
	w.Open('{')
	w.Text("id", v.ID)
	w.Text("number", v.Number)
	w.Text("kind", v.Kind)
	w.Text("channel", v.Channel)
	w.Text("channel_group", v.ChannelGroup)
	w.Key("category")
	v.Category.append(w)
	w.Text("severity", v.Severity)
	w.Text("title", v.Title)
	w.Text("text", v.Text)
	w.Key("lon")
	w.Float(v.Lon)
	w.Key("lat")
	w.Float(v.Lat)
	w.Text("address", v.Address)
	if len(v.Details) > 0 {
		w.Key("details")
		w.Value(v.Details)
	}
	if len(v.Wanted) > 0 {
		w.Key("wanted")
		w.Value(v.Wanted)
	}
	w.Key("area")
	v.Area.append(w)
	w.Text("filed_area", v.FiledArea)
	w.Text("state", string(v.State))
	w.Key("flags")
	jsontext.List(w, v.Flags, (*jsontext.Writer).String)
	w.Key("orders")
	jsontext.List(w, v.Orders, func(w *jsontext.Writer, o OrderView) { o.append(w) })
	v.appendTime(w)
	w.Key("actions")
	jsontext.List(w, v.Actions, func(w *jsontext.Writer, o Offer) { o.append(w) })
	w.Key("reporter")
	v.Reporter.append(w)
	w.SomeText("answer", v.Answer)
	if v.Solved != nil {
		w.Flag("solved", *v.Solved)
	}
	w.SomeNumber("satisfaction", v.Satisfaction)
	if v.Call != nil {
		w.Key("call")
		w.Value(v.Call)
	}
	if v.Review != nil {
		w.Key("review")
		w.Value(v.Review)
	}
	w.Key("times")
	v.Times.append(w)
	w.Number("occurred_at", v.OccurredAt)
	w.Number("received_at", v.ReceivedAt)
	w.Number("changed_at", v.EntryAt)
	w.Number("entries", v.Entries)
	w.Number("version", v.Version)
	if v.Proposal != nil {
		w.Key("proposal")
		w.Value(v.Proposal)
	}
	if v.Suggested != nil {
		w.Key("suggested")
		w.Value(v.Suggested)
	}
	w.Close('}')
}

func (k *NamedCode) append(w *jsontext.Writer) {
	if k == nil {
		w.Null()
		return
	}
	w.Open('{')
	w.Text("code", k.Code)
	w.Text("name", k.Name)
	w.Text("name_en", k.NameEN)
	w.Close('}')
}

func (a *AreaView) append(w *jsontext.Writer) {
	if a == nil {
		w.Null()
		return
	}
	w.Open('{')
	w.Text("id", a.ID)
	w.Text("code", a.Code)
	w.Text("name", a.Name)
	w.Key("path")
	jsontext.List(w, a.Path, func(w *jsontext.Writer, a Area) {
		w.Open('{')
		w.Text("id", a.ID)
		w.Text("code", a.Code)
		w.Text("name", a.Name)
		w.Text("level", a.Level)
		w.Close('}')
	})
	w.Close('}')
}

func (o OrderView) append(w *jsontext.Writer) {
	w.Open('{')
	w.Text("id", o.ID)
	w.Text("role", string(o.Role))
	w.Text("state", string(o.State))
	w.Key("unit")
	w.Open('{')
	w.Text("id", o.Unit.ID)
	w.Text("name", o.Unit.Name)
	w.SomeText("kind", o.Unit.Kind)
	w.Close('}')
	w.Key("person")
	if o.Person == nil {
		w.Null()
	} else {
		w.Open('{')
		w.Text("id", o.Person.ID)
		w.Text("name", o.Person.Name)
		w.Close('}')
	}
	w.Key("reason")
	w.Value(o.Reason)
	w.Flag("by_person", o.ByPerson)
	w.Flag("changed", o.Changed)
	w.SomeText("note", o.Note)
	w.SomeText("result", o.Result)
	w.SomeText("outcome", o.Outcome)
	w.Number("sent_at", o.SentAt)
	w.SomeNumber("accepted_at", o.AcceptedAt)
	w.SomeNumber("arrived_at", o.ArrivedAt)
	w.SomeNumber("handled_at", o.HandledAt)
	w.SomeNumber("ended_at", o.EndedAt)
	w.Flag("pending_approval", o.Pending)
	if o.Reply != nil {
		w.Key("reply")
		w.Value(o.Reply)
	}
	w.SomeText("delivery", o.Delivery)
	w.SomeNumber("delivered_at", o.DeliveredAt)
	w.SomeNumber("read_at", o.ReadAt)
	w.Close('}')
}

func (o Offer) append(w *jsontext.Writer) {
	w.Open('{')
	w.Text("do", o.Do)
	w.SomeText("order", o.Order)
	w.Key("asks")
	if o.fixed {
		w.Raw(fixedAsks(o.Asks))
	} else {
		jsontext.List(w, o.Asks, appendAsk)
	}
	w.Close('}')
}

func appendAsk(w *jsontext.Writer, a flow.Ask) { a.AppendJSON(w) }

// fixed keeps the asks of the tables as they are written, by their first. They make up most of a page.
var fixed sync.Map // *flow.Ask -> []byte

func fixedAsks(asks []flow.Ask) []byte {
	if b, ok := fixed.Load(&asks[0]); ok {
		return b.([]byte)
	}
	var w jsontext.Writer
	jsontext.List(&w, asks, appendAsk)
	fixed.Store(&asks[0], w.Bytes)
	return w.Bytes
}

func (r ReporterView) append(w *jsontext.Writer) {
	w.Open('{')
	w.Text("name", r.Name)
	w.Text("phone", r.Phone)
	w.Text("address", r.Address)
	w.Flag("confidential", r.Confidential)
	w.Flag("revealable", r.Revealable)
	w.Close('}')
}

func (t Times) append(w *jsontext.Writer) {
	w.Open('{')
	w.SomeNumber("accepted_at", t.AcceptedAt)
	w.SomeNumber("dispatched_at", t.DispatchedAt)
	w.SomeNumber("taken_at", t.TakenAt)
	w.SomeNumber("arrived_at", t.ArrivedAt)
	w.SomeNumber("handled_at", t.HandledAt)
	w.SomeNumber("checked_at", t.CheckedAt)
	w.SomeNumber("closed_at", t.ClosedAt)
	w.Close('}')
}
