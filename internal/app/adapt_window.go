package app

import (
	"context"
	"slices"

	"gezhi/internal/app/demo"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/people"
	"gezhi/internal/window"
)

// offices is what the windows know of units: those to which residents go.
type offices struct{ app *App }

var officeKinds = []people.UnitKind{people.Centre, people.Station, people.Community}

func (o offices) Office(id string) (window.Office, bool) {
	u, ok := o.app.People.Directory().Unit(id)
	if !ok || !u.Open || !slices.Contains(officeKinds, u.Kind) {
		return window.Office{}, false
	}
	return o.office(u), true
}

func (o offices) Offices() []window.Office {
	var list []window.Office
	for _, u := range o.app.People.Directory().OpenUnits() {
		if slices.Contains(officeKinds, u.Kind) {
			list = append(list, o.office(u))
		}
	}
	return list
}

func (o offices) office(u people.Unit) window.Office {
	out := window.Office{ID: u.ID, Name: u.Name}
	for _, a := range o.app.Grid.Tree().Path(u.AreaID) {
		out.Areas = append(out.Areas, a.ID)
	}
	return out
}

// intake is what the windows know of incidents.
type intake struct{ app *App }

func (i intake) TakenIn(ctx context.Context, actor authz.Actor, incident string) (number, code string, ok bool, err error) {
	code, err = i.app.Incident.SlipCode(ctx, actor, incident)
	if fault.Is(err, "not_found") || fault.Is(err, "forbidden") {
		return "", "", false, nil
	}
	if err != nil {
		return "", "", false, err
	}
	inc, err := i.app.Incident.Get(ctx, actor, incident)
	if err != nil {
		return "", "", false, err
	}
	return inc.Number, code, true, nil
}

// loadDemoWindows gives the demo's centre its windows with a queue, and the telephone numbers that residents are told.
func (a *App) loadDemoWindows(ctx context.Context, clock *demo.Clock) error {
	until := clock.Now()
	defer clock.Release()
	if _, err := a.People.UpdateLines(ctx, authz.System("demo"), demo.Lines); err != nil {
		return err
	}
	for _, u := range a.People.Directory().OpenUnits() {
		if u.Kind == people.Centre {
			return demo.LoadWindows(ctx, a.Window, clock, u.ID, until)
		}
	}
	return nil
}
