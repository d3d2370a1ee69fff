package incident

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// slipFor is how long after the report whoever took it in may print the tracking code for the visitor, in ms.
const slipFor = 3600 * 1000

// SlipCode returns the tracking code of a report that the actor took in face to face within the last hour, so that the
// visitor gets it on paper. It is recorded. Anybody else, and anything later, is "forbidden": then the desk tells the
// code after checking.
func (s *Service) SlipCode(ctx context.Context, actor authz.Actor, incident string) (string, error) {
	inc, err := s.Get(ctx, actor, incident)
	if err != nil {
		return "", err
	}
	at := s.Clock.Now()
	faceToFace := inc.Channel == "window" || inc.Channel == "visit"
	if !faceToFace || inc.Source == "" || inc.Source != actor.AccountID || at.UnixMilli() > inc.ReceivedAt+slipFor {
		return "", fault.New(fault.Forbidden, "forbidden")
	}
	code, err := s.Keys.Open(inc.Code, inc.ID+"/code")
	if err != nil {
		return "", err
	}
	return code, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return s.record(ctx, tx, actor, "reporter.code", "incident", inc.ID, nil)
	})
}
