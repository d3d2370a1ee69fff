package directive

import "gezhi/internal/kit/authz"

// Named is an area, a unit or a person with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// TargetBody is a target as it is chosen.
type TargetBody struct {
	Areas []string `json:"areas,omitempty"`
	Units []string `json:"units,omitempty"`
	Roles []string `json:"roles,omitempty"`
}

func (b TargetBody) target() Target { return Target{Areas: b.Areas, Units: b.Units, Roles: b.Roles} }

// View is a directive as it is shown.
type View struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Text        string   `json:"text"`
	Areas       []Named  `json:"areas" nullable:"false"`
	Units       []Named  `json:"units" nullable:"false"`
	Roles       []string `json:"roles" nullable:"false" doc:"none: every role that works on the ground"`
	Deadline    int64    `json:"deadline" doc:"unix ms, by which it is to be acknowledged"`
	Sender      Named    `json:"sender"`
	SentAt      int64    `json:"sent_at" doc:"unix ms"`
	Receivers   int64    `json:"receivers"`
	Read        int64    `json:"read"`
	Acked       int64    `json:"acked"`
	RemindedAt  int64    `json:"reminded_at,omitempty" doc:"unix ms"`
	WithdrawnAt int64    `json:"withdrawn_at,omitempty" doc:"unix ms"`
	Withdrawn   string   `json:"withdrawn,omitempty" doc:"why"`
	Mine        *Mine    `json:"mine,omitempty" doc:"when it reached the reader"`
	Actions     []string `json:"actions" nullable:"false" doc:"what the reader can do now: ack, remind, withdraw"`
}

// Mine is the reader's own receipt.
type Mine struct {
	Status  string `json:"status" enum:"unread,read,acked"`
	AckedAt int64  `json:"acked_at,omitempty" doc:"unix ms"`
}

// ReceiptView is one receiver and how far they have come.
type ReceiptView struct {
	Person  Named  `json:"person"`
	Role    string `json:"role"`
	Place   string `json:"place" doc:"name of the unit or area of the post"`
	Status  string `json:"status" enum:"unread,read,acked"`
	ReadAt  int64  `json:"read_at,omitempty" doc:"unix ms"`
	AckedAt int64  `json:"acked_at,omitempty" doc:"unix ms"`
	Note    string `json:"note,omitempty"`
}

func (s *Service) view(actor authz.Actor, d *Directive) View {
	v := View{ID: d.ID, Title: d.Title, Text: d.Text, Areas: []Named{}, Units: []Named{}, Roles: append([]string{}, d.Target.Roles...), Deadline: d.Deadline,
		Sender: Named{d.Sender, s.World.Name(d.Sender)}, SentAt: d.SentAt, Receivers: d.Receivers, Read: d.Read, Acked: d.Acked,
		RemindedAt: d.RemindedAt, WithdrawnAt: d.WithdrawnAt, Withdrawn: d.Withdrawn, Actions: actions(actor, d)}
	for _, id := range d.Target.Areas {
		a, _ := s.World.Area(id)
		v.Areas = append(v.Areas, Named{id, a.Name})
	}
	for _, id := range d.Target.Units {
		u, _ := s.World.Unit(id)
		v.Units = append(v.Units, Named{id, u.Name})
	}
	if d.Mine != nil {
		v.Mine = &Mine{Status: d.Mine.Status(), AckedAt: d.Mine.AckedAt}
	}
	return v
}

func (s *Service) receiptView(r Receipt) ReceiptView {
	place := ""
	if a, ok := s.World.Area(r.Place); ok {
		place = a.Name
	} else if u, ok := s.World.Unit(r.Place); ok {
		place = u.Name
	}
	return ReceiptView{Person: Named{r.Person, s.World.Name(r.Person)}, Role: r.Role, Place: place, Status: r.Status(), ReadAt: r.ReadAt, AckedAt: r.AckedAt, Note: r.Note}
}
