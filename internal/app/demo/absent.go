package demo

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// away is somebody of a unit who is away now, and for how long; a colleague stands in.
type away struct {
	unit string
	role string
	days int
	note string
}

var theAbsences = []away{
	{communityUnit(2), "grid_worker", 5, "年休假"},
	{"enforcement", "department", 2, "外出培训"},
	{"station-2", "station", 1, "调休"},
}

// makeAbsences sends some of the staff away over the present, so that an order meant for them finds its way to whoever
// stands in.
func (n *narrator) makeAbsences(ctx context.Context, until time.Time) error {
	for _, a := range theAbsences {
		var able []authz.Actor
		for _, one := range n.crew.handlers(false, n.units[a.unit]) {
			if one.HasRole(a.role) {
				able = append(able, one)
			}
		}
		if len(able) < 2 {
			continue
		}
		_, err := n.services.People.SetAbsence(ctx, able[0], people.Absence{From: until.AddDate(0, 0, -1).UnixMilli(),
			To: until.AddDate(0, 0, a.days).UnixMilli(), DelegateID: able[1].AccountID, Note: a.note})
		if err != nil {
			return err
		}
	}
	return nil
}
