package notice

import (
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Named is an area, a unit or a person with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Shown is a notice as faces show it to whoever looks.
type Shown struct {
	ID      string `json:"id"`
	Kind    string `json:"kind" enum:"notice,emergency"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	TitleEN string `json:"title_en,omitempty"`
	TextEN  string `json:"text_en,omitempty"`
	Area    string `json:"area" doc:"name of the area; '' for everywhere"`
	From    int64  `json:"from" doc:"unix ms"`
	Until   int64  `json:"until" doc:"unix ms"`
	ReadAt  int64  `json:"read_at,omitempty" doc:"unix ms, by whoever asks"`
}

// View is a notice as those see it whom it concerns.
type View struct {
	Shown
	AreaID      string   `json:"area_id" doc:"as it was chosen; '' for all that its publisher reaches"`
	Audiences   []string `json:"audiences" nullable:"false"`
	State       State    `json:"state" enum:"planned,current,ended,withdrawn"`
	Publisher   Named    `json:"publisher"`
	PublishedAt int64    `json:"published_at" doc:"unix ms"`
	WithdrawnAt int64    `json:"withdrawn_at,omitempty" doc:"unix ms"`
	WithdrawnBy string   `json:"withdrawn_by,omitempty" doc:"name"`
	Withdrawn   string   `json:"withdrawn,omitempty" doc:"why"`
	Readers     int64    `json:"readers" doc:"of those whom it reaches: who have read it"`
	Devices     int64    `json:"devices" doc:"browsers of residents that showed it, each counted once"`
	Actions     []string `json:"actions" nullable:"false" doc:"what the reader can do now: end, withdraw, restore, progress, copy"`
}

// ReachView is what a notice would reach.
type ReachView struct {
	Areas     []Named        `json:"areas" nullable:"false" doc:"none: everywhere"`
	People    int            `json:"people" doc:"whom it reaches at desks and phones"`
	OnDuty    int            `json:"on_duty" doc:"of them, now"`
	ByRole    map[string]int `json:"by_role"`
	Screens   int            `json:"screens" doc:"walls that were on in the last hour"`
	Residents bool           `json:"residents" doc:"it stands on the residents' page"`
}

// ShareView is how many of some people have read a notice.
type ShareView struct {
	Key     string `json:"key" doc:"a role, or the id of an area; '' for people who are bound to no place"`
	Name    string `json:"name,omitempty" doc:"of the area"`
	Reached int    `json:"reached"`
	Read    int    `json:"read"`
}

// ProgressView is how far a notice has come.
type ProgressView struct {
	Reached int         `json:"reached" doc:"whom it reaches, and who read it before they went"`
	Read    int         `json:"read"`
	Areas   []ShareView `json:"areas" nullable:"false"`
	Roles   []ShareView `json:"roles" nullable:"false"`
	Screens int64       `json:"screens" doc:"walls that show it now"`
	Walls   int64       `json:"walls" doc:"walls that ever showed it"`
	Devices int64       `json:"devices" doc:"browsers of residents that showed it, each counted once"`
}

// PersonView is somebody who has not read a notice.
type PersonView struct {
	Person Named  `json:"person"`
	Role   string `json:"role"`
	Place  string `json:"place" doc:"name of the unit, else of the area"`
}

func (s *Service) areaNames(ids []string) []Named {
	out := make([]Named, len(ids))
	for n, id := range ids {
		a, _ := s.World.Area(id)
		out[n] = Named{id, a.Name}
	}
	return out
}

func (s *Service) shown(n *Notice) Shown {
	names := make([]string, len(n.Areas))
	for i, a := range s.areaNames(n.Areas) {
		names[i] = a.Name
	}
	return Shown{ID: n.ID, Kind: n.Kind, Title: n.Title, Text: n.Text, TitleEN: n.TitleEN, TextEN: n.TextEN, Area: strings.Join(names, "、"),
		From: n.From, Until: n.Until, ReadAt: n.ReadAt}
}

func (s *Service) shape(actor authz.Actor, n *Notice, readers int64) View {
	v := View{Shown: s.shown(n), AreaID: n.Area, Audiences: append([]string{}, n.Audiences...), State: n.State(now.Ms(s.Clock)),
		Publisher: Named{n.Publisher, s.World.Name(n.Publisher)}, PublishedAt: n.PublishedAt, WithdrawnAt: n.WithdrawnAt, Withdrawn: n.Withdrawn,
		Readers: readers, Devices: n.Devices, Actions: s.actions(actor, n)}
	if n.WithdrawnBy != "" {
		v.WithdrawnBy = s.World.Name(n.WithdrawnBy)
	}
	return v
}

// actions are what the actor can do with a notice now.
func (s *Service) actions(actor authz.Actor, n *Notice) []string {
	list := []string{}
	if !actor.Can(perm.NoticePublish) {
		return list
	}
	at := now.Ms(s.Clock)
	if s.Manages(actor, n) {
		switch state := n.State(at); {
		case state == Current || state == Planned:
			list = append(list, "end", "withdraw")
		case state == Withdrawn && n.WithdrawnBy == actor.AccountID && at <= n.WithdrawnAt+undoFor:
			list = append(list, "restore")
		}
		list = append(list, "progress")
	}
	return append(list, "copy")
}

func (s *Service) shareViews(list []Share, named bool) []ShareView {
	out := make([]ShareView, len(list))
	for n, one := range list {
		out[n] = ShareView{Key: one.Key, Reached: one.Reached, Read: one.Read}
		if named {
			a, _ := s.World.Area(one.Key)
			out[n].Name = a.Name
		}
	}
	return out
}

func (s *Service) personView(p Post) PersonView {
	place := s.World.Unit(p.Unit)
	if place == "" && len(p.Areas) > 0 {
		a, _ := s.World.Area(p.Areas[len(p.Areas)-1])
		place = a.Name
	}
	return PersonView{Person: Named{p.Person, s.World.Name(p.Person)}, Role: p.Role, Place: place}
}
