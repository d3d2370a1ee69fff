package incident

import (
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
)

// NearStatement is the statement that reads what lies within some metres of a point, for looking at how the engines
// carry it out.
func (s *Service) NearStatement(actor authz.Actor, p geo.Point, metres float64, since int64) (string, []any) {
	return s.nearStatement(actor, boxOf(p, metres), since, statesOf(openStates), 200)
}
