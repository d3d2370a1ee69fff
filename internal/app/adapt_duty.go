package app

import (
	"cmp"
	"context"
	"slices"

	"gezhi/internal/duty"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// dutyUnits is what the rosters know of units: the open ones with where they lie.
type dutyUnits struct{ app *App }

func (d dutyUnits) Unit(id string) (duty.Unit, bool) {
	u, ok := d.app.People.Directory().Unit(id)
	if !ok || !u.Open {
		return duty.Unit{ID: u.ID, Name: u.Name, Kind: string(u.Kind)}, false
	}
	return d.unit(u), true
}

func (d dutyUnits) Units() []duty.Unit {
	units := d.app.People.Directory().OpenUnits()
	out := make([]duty.Unit, len(units))
	for n, u := range units {
		out[n] = d.unit(u)
	}
	return out
}

func (d dutyUnits) unit(u people.Unit) duty.Unit {
	return duty.Unit{ID: u.ID, Name: u.Name, Kind: string(u.Kind), Areas: d.app.Grid.Tree().PathIDs(u.AreaID)}
}

// dutyPeople is what the rosters know of people.
type dutyPeople struct{ app *App }

func (d dutyPeople) Name(person string) string { return d.app.People.Directory().PersonName(person) }

func (d dutyPeople) Members(unit string) []string {
	var out []string
	for _, p := range d.app.People.Directory().PeopleOfUnit(unit) {
		out = append(out, p.ID)
	}
	return out
}

func (d dutyPeople) Areas(person string) []string {
	var out []string
	for _, p := range d.app.People.Directory().PostsOf(person, now.Ms(d.app.Clock)) {
		out = append(out, d.app.Grid.Tree().PathIDs(p.AreaID)...)
	}
	return out
}

func (d dutyPeople) Away(person string) bool {
	_, away := d.app.People.Directory().AbsenceOf(person)
	return away
}

// openWorkOf is the unfinished work that a shift leaves to the next.
type openWorkOf struct{ app *App }

// mostItems bounds how much of the unfinished work is named; what is counted goes on to the end of a page of a list.
const mostItems = 50

var unfinished = []string{string(incident.Reported), string(incident.Verifying), string(incident.Accepted), string(incident.InProgress),
	string(incident.Checking), string(incident.Checked)}

// OpenItems returns what a unit has in hand, and for a centre what is unfinished in its whole area.
func (w openWorkOf) OpenItems(ctx context.Context, unit duty.Unit) (duty.OpenItems, error) {
	f := incident.Filter{States: unfinished, Limit: 200, To: now.Ms(w.app.Clock) + 1}
	if u, _ := w.app.People.Directory().Unit(unit.ID); u.Kind == people.Centre {
		f.Area = u.AreaID
	} else {
		f.Unit = unit.ID
	}
	list, next, err := w.app.Incident.List(ctx, authz.System("handover"), f)
	if err != nil {
		return duty.OpenItems{}, err
	}
	slices.SortFunc(list, func(a, b *incident.Incident) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(a.ReceivedAt, b.ReceivedAt))
	})
	out := duty.OpenItems{Total: len(list), More: next != "", Items: []duty.OpenItem{}}
	for n, i := range list {
		if rank(i) > 0 {
			out.Urgent++
		}
		if n < mostItems {
			out.Items = append(out.Items, w.item(i))
		}
	}
	return out, nil
}

// rank puts emergencies first.
func rank(i *incident.Incident) int {
	if i.Severity == "emergency" || i.Urgent {
		return 1
	}
	return 0
}

func (w openWorkOf) item(i *incident.Incident) duty.OpenItem {
	k, _ := w.app.Incident.Categories().Get(i.Category)
	area, _ := w.app.Grid.Tree().Area(i.AreaID)
	item := duty.OpenItem{Incident: i.ID, Number: i.Number, Category: k.NameZH, CategoryEN: k.NameEN, Place: area.Name, State: string(i.State), Severity: i.Severity, Since: i.ReceivedAt}
	if o := i.Lead(); o != nil {
		item.Order = string(o.State)
	}
	return item
}
