package report

import (
	"context"
	"errors"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// Schedule says that an area gets a report after each period.
type Schedule struct {
	ID        string
	Kind      Kind
	AreaID    string
	Minute    int64 // of the day after the period
	Enabled   bool
	Since     string // the first day whose period is reported
	MadeBy    string
	MadeName  string
	Version   int64
	UpdatedAt int64
}

// catchUp is how many periods that were missed are made afterwards, when the program stood still.
const catchUp = 7

// Schedules returns those of areas that the actor may see whole.
func (s *Service) Schedules(ctx context.Context, actor authz.Actor) ([]Schedule, error) {
	return listSchedules(ctx, s.DB.Read(), actor.Scope(perm.FiguresRead), false)
}

// PutSchedule sets when the reports of a kind and an area are made, for the first time or anew. With a version other
// than the present one it is refused as stale.
func (s *Service) PutSchedule(ctx context.Context, actor authz.Actor, in Schedule) (Schedule, error) {
	var wrong fault.Fields
	path := s.Places.Path(in.AreaID)
	if !in.Kind.Known() {
		wrong.Add("kind", "field.choice")
	}
	if path == nil || !s.covers(actor, perm.ReportManage, path) {
		wrong.Add("area", "briefs.area_unknown")
	}
	if in.Minute < 0 || in.Minute >= 24*60 {
		wrong.Add("minute", "field.range", "min", 0, "max", 24*60-1)
	}
	if err := wrong.Err(); err != nil {
		return in, err
	}
	at := s.Clock.Now()
	in.ID, in.UpdatedAt, in.MadeBy, in.MadeName = id.New(at), at.UnixMilli(), actor.AccountID, actor.Name
	in.Since, _ = in.Kind.of(today(at, s.zone())).Days()
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		kept, err := putSchedule(ctx, tx, in, ids(path))
		if err != nil {
			return err
		}
		in = kept
		return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: "report.schedule", Object: "area", ObjectID: in.AreaID,
			Detail: map[string]string{"kind": string(in.Kind), "enabled": yesNo(in.Enabled)}})
	})
	return in, err
}

func yesNo(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// startSetting marks a store in which the first schedules were made.
const startSetting = "report.schedules"

// startMinute is half past seven: before the morning's meeting.
const startMinute = 7*60 + 30

// Begin gives the areas of the office a daily, a weekly and a monthly report once, of every period that begins on the
// day of an instant or after, so that a new office has them without asking. Whoever switches them off has them off.
func (s *Service) Begin(ctx context.Context, first time.Time) error {
	done, err := db.Setting(ctx, s.DB.Read(), startSetting)
	offices := s.Places.Offices()
	if err != nil || done != "" || len(offices) == 0 {
		return err
	}
	at := s.Clock.Now()
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for _, office := range offices {
			for _, kind := range Kinds {
				since, _ := kind.of(today(first, s.zone())).Days()
				in := Schedule{ID: id.New(at), Kind: kind, AreaID: office.ID, Minute: startMinute, Enabled: true, Since: since, UpdatedAt: at.UnixMilli()}
				if err := addSchedule(ctx, tx, in, ids(s.Places.Path(office.ID))); err != nil {
					return err
				}
			}
		}
		return db.PutSetting(ctx, tx, startSetting, "made", at.UnixMilli())
	})
}

// RunDue makes every report that is due: each period of a schedule once, whichever node comes first. While figures are
// still being counted it waits.
func (s *Service) RunDue(ctx context.Context) error {
	if err := s.Begin(ctx, s.Clock.Now()); err != nil {
		return err
	}
	all, err := listSchedules(ctx, s.DB.Read(), authz.Scope{All: true}, true)
	if err != nil {
		return err
	}
	var failed []error
	for _, one := range all {
		if err := s.runSchedule(ctx, one); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

func (s *Service) runSchedule(ctx context.Context, one Schedule) error {
	path := s.Places.Path(one.AreaID)
	since, ok := dayOf(one.Since)
	if path == nil || !ok {
		return nil // the area is no more
	}
	for _, p := range s.due(one, since) {
		from, _ := p.Days()
		made, err := wasRun(ctx, s.DB.Read(), one.ID, from)
		if err != nil || made {
			return err
		}
		r, err := s.made(ctx, authz.System("reports"), one.Kind, path, p)
		if err != nil || r.Brief.Filling {
			return err
		}
		r.Scheduled = true
		err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			mine, err := claimRun(ctx, tx, one.ID, from, r.ID)
			if err != nil || !mine {
				return err
			}
			_, err = insertReport(ctx, tx, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// due lists the periods of a schedule that are over and whose minute has come, the newest first.
func (s *Service) due(one Schedule, since time.Time) []Period {
	at := s.Clock.Now().In(s.zone())
	day := today(at, s.zone())
	p := one.Kind.before(one.Kind.of(day))
	if p.To.AddDate(0, 0, 1).Equal(day) && int64(at.Hour()*60+at.Minute()) < one.Minute {
		p = one.Kind.before(p)
	}
	var list []Period
	for range catchUp {
		if p.From.Before(since) {
			break
		}
		list = append(list, p)
		p = one.Kind.before(p)
	}
	return list
}
