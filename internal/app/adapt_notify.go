package app

import (
	"context"

	"gezhi/internal/incident"
	"gezhi/internal/notify"
)

// buildNotify makes what tells people outside the screens.
func (a *App) buildNotify() {
	a.Notify = notify.New(notify.Deps{DB: a.DB, Clock: a.Clock, Keys: a.Keys, Incidents: noticed{a}, People: noticedPeople{a}, Words: a.Bulk.Words, Allowed: a.Config.NotifyNetworks})
}

// noticed is what notices need of the incidents.
type noticed struct{ app *App }

func (n noticed) Matter(ctx context.Context, id string) (notify.Matter, bool, error) {
	i, there, err := n.app.Incident.Notifiable(ctx, id)
	if err == nil && !there {
		var current bool // an emergency message wakes phones too
		current, there, err = n.app.Notice.Stands(ctx, id)
		return notify.Matter{Open: current}, there, err
	}
	if err != nil {
		return notify.Matter{}, there, err
	}
	m := notify.Matter{Number: i.Number, Lead: i.Lead, Open: i.Open, Quiet: i.Quiet}
	for _, o := range i.Orders {
		m.Orders = append(m.Orders, notify.Work{ID: o.ID, Unit: o.UnitID, Person: o.PersonID, Open: o.Active(),
			Waiting: o.State == incident.Sent || o.State == incident.Pooled})
	}
	for _, k := range i.Copies {
		m.Informed = append(m.Informed, notify.Told{Unit: k.UnitID, Person: k.PersonID, At: k.At})
	}
	for _, o := range i.Others {
		m.Others = append(m.Others, notify.Report{Incident: o.ID, Number: o.Number, Quiet: o.Quiet})
	}
	return m, true, nil
}

func (n noticed) ReporterPhone(ctx context.Context, id string) (string, error) {
	return n.app.Incident.ReporterPhone(ctx, id)
}

func (n noticed) ReportedBy(ctx context.Context, phone, number string) ([]string, error) {
	return n.app.Incident.ReportedBy(ctx, phone, number)
}

func (n noticed) Code(ctx context.Context, id string) (string, error) {
	return n.app.Incident.TrackingCode(ctx, id)
}

// noticedPeople is what notices need of the people.
type noticedPeople struct{ app *App }

func (p noticedPeople) Phone(ctx context.Context, account string) (string, error) {
	return p.app.People.NoticePhone(ctx, account)
}

func (p noticedPeople) OfUnit(unit string) []string {
	var list []string
	for _, one := range p.app.People.Directory().PeopleOfUnit(unit) {
		list = append(list, one.ID)
	}
	return list
}

func (p noticedPeople) Name(account string) string {
	return p.app.People.Directory().PersonName(account)
}
