package app

import (
	"context"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// heldWork is the work in somebody's hands, for when that person leaves.
type heldWork struct{ app *App }

// leaveLimit bounds the incidents that are shown; handing on takes all of them.
const leaveLimit = 200

func (w heldWork) OpenOrders(ctx context.Context, accountID string) ([]people.OpenOrder, error) {
	list, _, err := w.app.Incident.List(ctx, authz.System("leaving"), incident.Filter{Person: accountID, Limit: leaveLimit})
	if err != nil {
		return nil, err
	}
	var out []people.OpenOrder
	for _, i := range list {
		k, _ := w.app.Incident.Categories().Get(i.Category)
		for _, o := range i.Orders {
			if o.PersonID == accountID && o.Active() {
				out = append(out, people.OpenOrder{Incident: i.ID, Number: i.Number, Category: k.NameZH, State: string(o.State),
					Unit: w.app.People.Directory().UnitName(o.UnitID), SentAt: o.SentAt})
			}
		}
	}
	return out, nil
}

func (w heldWork) HandOn(ctx context.Context, actor authz.Actor, from, to string) (given, back int, err error) {
	done, err := w.app.Incident.HandOn(ctx, actor, from, to)
	return done.To, done.Return, err
}
