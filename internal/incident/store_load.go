package incident

import (
	"context"

	"gezhi/internal/kit/db"
)

// InHand is an order that somebody still has to see to.
type InHand struct {
	IncidentID string
	UnitID     string
	PersonID   string // '' while nobody of the unit has it
}

func scanInHand(r db.Scanner) (o InHand, err error) {
	return o, r.Scan(&o.IncidentID, &o.UnitID, &o.PersonID)
}

// readInHand reads the open orders of some incidents; of all with nil.
func readInHand(ctx context.Context, q db.Querier, incidents []string) (list []InHand, err error) {
	const all = `SELECT incident_id, unit_id, person_id FROM orders WHERE state IN (`
	if incidents == nil {
		return db.List(ctx, q, scanInHand, all+openOrders+`)`)
	}
	err = db.InParts(incidents, func(part []string) error {
		var args db.Args
		in := args.In(part)
		some, err := db.List(ctx, q, scanInHand, all+openOrders+`) AND incident_id IN (`+in+`)`, args.Values...)
		list = append(list, some...)
		return err
	})
	return list, err
}
