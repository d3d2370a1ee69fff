package report

import (
	"context"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/page"
	"gezhi/internal/kit/pdf"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

// Config is what a Service works with.
type Config struct {
	DB      *db.DB
	Clock   now.Clock
	Zone    *time.Location // whose days count; nil for time.Local
	Figures Figures
	Orders  Orders
	Public  Public
	Places  Places
	Names   Names
	Words   *words.Catalog
	// Fonts gives what PDF is written with.
	Fonts func() (*pdf.Fonts, error)
	Audit *audit.Log
}

// Service makes reports and tables.
type Service struct {
	Config
	indicators []Indicator
}

// New returns a service.
func New(c Config) *Service { return &Service{Config: c, indicators: c.Figures.Indicators()} }

func (s *Service) zone() *time.Location {
	if s.Zone != nil {
		return s.Zone
	}
	return time.Local
}

// Today is the day of the office.
func (s *Service) Today() string { return today(s.Clock.Now(), s.zone()).Format(dayForm) }

// Make makes the report of an area and of the period in which a day lies, as a new version. The period may not begin
// after today; of one that is not over the report says what is known so far.
func (s *Service) Make(ctx context.Context, actor authz.Actor, kind Kind, area, day string) (Report, error) {
	var wrong fault.Fields
	if !kind.Known() {
		wrong.Add("kind", "field.choice")
	}
	at, ok := dayOf(day)
	if !ok {
		wrong.Add("day", "field.date")
	}
	path := s.Places.Path(area)
	switch {
	case area == "":
		wrong.Add("area", "field.required")
	case path == nil || !s.covers(actor, perm.FiguresRead, path):
		wrong.Add("area", "briefs.area_unknown")
	}
	if ok && kind.Known() && kind.of(at).From.After(today(s.Clock.Now(), s.zone())) {
		wrong.Add("day", "briefs.not_begun")
	}
	if err := wrong.Err(); err != nil {
		return Report{}, err
	}
	r, err := s.made(ctx, actor, kind, path, kind.of(at))
	if err != nil {
		return r, err
	}
	r.MadeBy, r.MadeName = actor.AccountID, actor.Name
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		r.Version, err = insertReport(ctx, tx, r)
		return err
	})
	return r, err
}

// made composes a report that is not kept yet.
func (s *Service) made(ctx context.Context, actor authz.Actor, kind Kind, path []Area, p Period) (Report, error) {
	at := s.Clock.Now()
	own := path[len(path)-1]
	r := Report{ID: id.New(at), Kind: kind, AreaID: own.ID, AreaName: own.Name, Path: ids(path), MadeAt: at.UnixMilli()}
	r.From, r.To = p.Days()
	var err error
	r.Brief, r.Position, err = s.compose(ctx, actor, kind, own.ID, p)
	return r, err
}

func ids(path []Area) []string {
	out := make([]string, len(path))
	for i, a := range path {
		out[i] = a.ID
	}
	return out
}

// covers tells whether a permission reaches a whole area.
func (s *Service) covers(actor authz.Actor, p authz.Permission, path []Area) bool {
	scope := actor.Scope(p)
	return scope.All || authz.Scope{Areas: scope.Areas}.Covers(authz.Target{Areas: ids(path)})
}

// Get returns a report of an area that the actor may see whole.
func (s *Service) Get(ctx context.Context, actor authz.Actor, reportID string) (Report, error) {
	r, ok, err := readReport(ctx, s.DB.Read(), reportID)
	if err != nil {
		return r, err
	}
	scope := actor.Scope(perm.FiguresRead)
	if !ok || !scope.All && !(authz.Scope{Areas: scope.Areas}).Covers(authz.Target{Areas: r.Path}) {
		return Report{}, fault.Missing("report")
	}
	return r, nil
}

// List returns reports without what they say, those of the newest periods first; next is ” at the end.
func (s *Service) List(ctx context.Context, actor authz.Actor, f Filter, cursor string) (list []Report, next string, err error) {
	key, err := page.Parse(cursor, "reports", 2)
	if err != nil {
		return nil, "", err
	}
	day, after := "", ""
	if key != nil {
		day, after = key[0], key[1]
	}
	limit := page.Limit(f.Limit)
	f.Limit = limit + 1
	list, err = listReports(ctx, s.DB.Read(), actor.Scope(perm.FiguresRead), f, day, after)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	last := list[limit-1]
	return list[:limit], page.Cursor("reports", last.To, last.ID), nil
}

// Delete removes a version of a report that is of no use; what the schedule made stays.
func (s *Service) Delete(ctx context.Context, actor authz.Actor, reportID string) error {
	r, err := s.Get(ctx, actor, reportID)
	if err != nil {
		return err
	}
	if r.Scheduled {
		return fault.New(fault.Conflict, "briefs.scheduled")
	}
	if r.MadeBy != actor.AccountID && !s.covers(actor, perm.ReportManage, s.Places.Path(r.AreaID)) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteReport(ctx, tx, r.ID) })
}
