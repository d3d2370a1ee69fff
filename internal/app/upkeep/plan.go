package upkeep

import (
	"context"
	"encoding/json"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const (
	planKey = "upkeep.plan"
	dayKey  = "upkeep.day" // the last day whose planned backup a node took on
)

// Plan says when backups are made by themselves.
type Plan struct {
	On   bool `json:"on"`
	Hour int  `json:"hour"` // of the office's day, 0 to 23
	Keep int  `json:"keep"` // archives; older ones are removed after a new one is whole
}

// usual is the plan of a new office: every night at three, two weeks of archives.
var usual = Plan{On: true, Hour: 3, Keep: 14}

func (p Plan) check() error {
	var f fault.Fields
	if p.Hour < 0 || p.Hour > 23 {
		f.Add("hour", "field.range", "min", 0, "max", 23)
	}
	if p.Keep < 1 || p.Keep > 365 {
		f.Add("keep", "field.range", "min", 1, "max", 365)
	}
	return f.Err()
}

// SetPlan changes the plan. It needs settings.manage.
func (s *Service) SetPlan(ctx context.Context, actor authz.Actor, p Plan) error {
	if err := may(actor); err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	at := s.Clock.Now()
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := db.PutSetting(ctx, tx, planKey, string(text), at.UnixMilli()); err != nil {
			return err
		}
		return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: "upkeep.plan", Object: "office", ObjectID: "office",
			Detail: map[string]string{"plan": string(text)}})
	})
}

func (s *Service) readPlan(ctx context.Context) (Plan, error) {
	text, err := db.Setting(ctx, s.DB.Read(), planKey)
	if err != nil || text == "" {
		return usual, err
	}
	p := usual
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return usual, err
	}
	return p, nil
}

// Due makes the day's backup when its hour has come and no node has taken it on. A machine that slept through the
// hour makes it when it wakes; days that were missed are not made up for.
func (s *Service) Due(ctx context.Context) error {
	p, err := s.readPlan(ctx)
	if err != nil || !p.On {
		return err
	}
	at := s.Clock.Now().In(s.Zone)
	if at.Hour() < p.Hour || s.busy() { // a rehearsal that runs over the hour does not cost the night's backup
		return nil
	}
	day := at.Format(time.DateOnly)
	kept, err := db.Setting(ctx, s.DB.Read(), dayKey)
	if err != nil || kept >= day {
		return err
	}
	mine, err := s.takeDay(ctx, day)
	if err != nil || !mine || kept == "" { // a store that begins has nothing yet that could be lost
		return err
	}
	return s.start(Job{Kind: Backup, By: "", Started: s.Clock.Now()}, s.makeBackup)
}
