package incident

import (
	"gezhi/internal/clock"
	"gezhi/internal/kit/jsontext"
	"gezhi/internal/kit/seal"
)

// ClockView is a clock as it is shown. Whoever shows it tells the colour from the time: green before warn_at, yellow
// from there, red from due; a stopped clock was met or late. Times are unix ms.
type ClockView struct {
	Stage   clock.Stage `json:"stage"`
	Order   string      `json:"order,omitempty" doc:"missing for the incident itself"`
	Unit    clock.Unit  `json:"unit"`
	Amount  int64       `json:"amount" doc:"minutes for hours and working hours, else days"`
	Every   int64       `json:"every,omitempty" doc:"of progress reports: minutes from one to the next"`
	Started int64       `json:"started"`
	WarnAt  int64       `json:"warn_at,omitempty" doc:"missing while the clock stands still"`
	Due     int64       `json:"due,omitempty" doc:"missing while the clock stands still"`
	Paused  int64       `json:"paused,omitempty" doc:"stands still since"`
	Stopped int64       `json:"stopped,omitempty"`
	Overdue int64       `json:"overdue,omitempty" doc:"overdue since, also of a stopped clock that was late"`
	Rung    string      `json:"rung,omitempty" doc:"how far it has climbed"`
}

// PauseView says since when and until when the clocks of an incident stand still.
type PauseView struct {
	Suspended int64 `json:"suspended,omitempty"`
	Deferred  int64 `json:"deferred,omitempty"`
	Until     int64 `json:"until,omitempty" doc:"when it ends by itself"`
}

// AskingView is what waits for approval.
type AskingView struct {
	Kind   string    `json:"kind" enum:"extend,suspend"`
	By     PersonRef `json:"by"`
	Order  string    `json:"order"`
	Until  int64     `json:"until,omitempty" doc:"unix ms"`
	Reason string    `json:"reason"`
	At     int64     `json:"at" doc:"unix ms"`
}

// CopyView is who was told of an incident without being given work.
type CopyView struct {
	Unit   *UnitRef   `json:"unit,omitempty"`
	Person *PersonRef `json:"person,omitempty"`
	Why    string     `json:"why"`
	At     int64      `json:"at" doc:"unix ms"`
}

// clockViews shows the clocks; in lists (brief) only those that have not ended.
func clockViews(clocks []*Clock, brief bool) []ClockView {
	out := []ClockView{}
	for _, k := range clocks {
		if brief && !k.Open() {
			continue
		}
		v := ClockView{Stage: k.Stage, Order: k.OrderID, Unit: k.Unit, Amount: k.Amount, Every: k.Every, Started: k.StartedAt, WarnAt: k.WarnAt,
			Due: k.DueAt, Paused: k.PausedAt, Stopped: k.StoppedAt, Overdue: k.OverdueAt, Rung: k.Rung}
		if k.Open() && k.PausedAt != 0 {
			v.WarnAt, v.Due = 0, 0
		}
		out = append(out, v)
	}
	return out
}

// showTime adds to a view what concerns time and command.
func (s *Service) showTime(v *View, i *Incident, brief bool) {
	v.Clocks, v.WarnAt, v.DueAt, v.Late = clockViews(i.Clocks, brief), i.WarnAt, i.DueAt, i.LateStages
	v.Extensions, v.Rung, v.SupervisedAt, v.StudyAt = i.Extensions, i.Rung, i.SupervisedAt, i.StudyAt
	if i.Paused() {
		v.Pause = &PauseView{i.SuspendedAt, i.DeferredAt, i.PauseUntil}
	}
	if a := i.Asked; a != nil {
		v.Asked = &AskingView{a.Kind, PersonRef{a.By, s.Directory.PersonName(a.By)}, a.Order, a.Until, seal.MaskFreeText(a.Reason), a.At}
	}
	if brief {
		return
	}
	for _, k := range i.Copies {
		c := CopyView{Why: k.Why, At: k.At}
		if k.UnitID != "" {
			u := s.unitRef(k.UnitID)
			c.Unit = &u
		}
		if k.PersonID != "" {
			c.Person = &PersonRef{k.PersonID, s.Directory.PersonName(k.PersonID)}
		}
		v.Copies = append(v.Copies, c)
	}
}

func (k ClockView) append(w *jsontext.Writer) {
	w.Open('{')
	w.Text("stage", string(k.Stage))
	w.SomeText("order", k.Order)
	w.Text("unit", string(k.Unit))
	w.Number("amount", k.Amount)
	w.SomeNumber("every", k.Every)
	w.Number("started", k.Started)
	w.SomeNumber("warn_at", k.WarnAt)
	w.SomeNumber("due", k.Due)
	w.SomeNumber("paused", k.Paused)
	w.SomeNumber("stopped", k.Stopped)
	w.SomeNumber("overdue", k.Overdue)
	w.SomeText("rung", k.Rung)
	w.Close('}')
}

// appendTime writes what showTime added, as encoding/json would.
func (v View) appendTime(w *jsontext.Writer) {
	w.Key("clocks")
	jsontext.List(w, v.Clocks, func(w *jsontext.Writer, k ClockView) { k.append(w) })
	w.SomeNumber("warn_at", v.WarnAt)
	w.SomeNumber("due_at", v.DueAt)
	w.SomeNumber("late", v.Late)
	if v.Pause != nil {
		w.Key("pause")
		w.Value(v.Pause)
	}
	if v.Asked != nil {
		w.Key("asked")
		w.Value(v.Asked)
	}
	w.SomeNumber("extensions", v.Extensions)
	w.SomeText("rung", v.Rung)
	w.SomeNumber("supervised_at", v.SupervisedAt)
	w.SomeNumber("study_at", v.StudyAt)
	if len(v.Copies) > 0 {
		w.Key("copies")
		w.Value(v.Copies)
	}
	w.SomeNumber("joined", v.Joined)
	if v.Into != nil {
		w.Key("into")
		w.Value(v.Into)
	}
	if len(v.Others) > 0 {
		w.Key("others")
		w.Value(v.Others)
	}
}
