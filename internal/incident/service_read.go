package incident

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// Get returns an incident in the actor's scope.
func (s *Service) Get(ctx context.Context, actor authz.Actor, incident string) (*Incident, error) {
	if !id.Valid(incident) {
		return nil, fault.Missing("incident")
	}
	inc, err := load(ctx, s.DB.Read(), incident)
	if err != nil {
		return nil, err
	}
	if !s.sees(actor, inc) {
		return nil, fault.Missing("incident")
	}
	return inc, nil
}

// List returns a page of the incidents in the actor's scope, newest first or by what is due next, and the cursor of the next page, ” at the end.
func (s *Service) List(ctx context.Context, actor authz.Actor, f Filter) ([]*Incident, string, error) {
	if err := f.check(); err != nil {
		return nil, "", err
	}
	after, err := parseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	list, err := s.list(ctx, actor, f, after)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	at := last.ReceivedAt
	if f.byDue() {
		at = last.DueAt
	}
	return list, cursor{at, last.ID}.String(), nil
}

// Count tells how many incidents List would give page by page, at most so many.
func (s *Service) Count(ctx context.Context, actor authz.Actor, f Filter, most int) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	f.Limit = most
	return s.count(ctx, actor, f)
}

// Timeline returns entries of an incident behind a seq, oldest first, and the seq to go on from, 0 at the end.
func (s *Service) Timeline(ctx context.Context, actor authz.Actor, incident string, after int64, limit int) ([]*Entry, int64, error) {
	if _, err := s.Get(ctx, actor, incident); err != nil {
		return nil, 0, err
	}
	list, err := entriesOf(ctx, s.DB.Read(), incident, after, limit+1)
	if err != nil || len(list) <= limit {
		return list, 0, err
	}
	return list[:limit], list[limit-1].Seq, nil
}

// LostCode is the purpose with which the desk tells somebody, after checking who they are, the code that they lost.
const LostCode = "lost_code"

// Full is everything about the reporter and the unmasked words of a report.
type Full struct {
	Reporter Reporter
	Title    string
	Text     string
	Details  []DetailView
	Code     string // only for LostCode
}

// Reveal opens the sealed fields for somebody who says what for, and records that they looked. A confidential
// reporter is opened only to those who hold reporter.call, and so is the tracking code, with the purpose LostCode.
func (s *Service) Reveal(ctx context.Context, actor authz.Actor, incident, purpose string) (*Full, error) {
	var f fault.Fields
	purpose = fault.CheckText(&f, "purpose", purpose, true, 200)
	if err := f.Err(); err != nil {
		return nil, err
	}
	inc, err := s.Get(ctx, actor, incident)
	if err != nil {
		return nil, err
	}
	need, action, detail := perm.ReporterView, "reporter.view", map[string]string{"purpose": purpose}
	if inc.Reporter.Confidential {
		need = perm.ReporterCall
	}
	if purpose == LostCode {
		if action, detail = "reporter.code", nil; !actor.Scope(perm.ReporterCall).Covers(inc.Target()) {
			return nil, fault.New(fault.Forbidden, "reporter.code_desk")
		}
	}
	if !actor.Scope(need).Covers(inc.Target()) {
		return nil, fault.New(fault.Forbidden, "reporter.confidential")
	}
	full := &Full{Title: inc.Title, Text: inc.Text, Reporter: Reporter{Confidential: inc.Reporter.Confidential}}
	full.Details = s.Categories().showWhole(inc.Category, inc.Details)
	for field, out := range map[string]struct {
		sealed string
		to     *string
	}{"name": {inc.Reporter.Name, &full.Reporter.Name}, "phone": {inc.Reporter.Phone, &full.Reporter.Phone},
		"address": {inc.Reporter.Address, &full.Reporter.Address}, "code": {inc.Code, &full.Code}} {
		if field == "code" && purpose != LostCode {
			continue
		}
		if *out.to, err = s.Keys.Open(out.sealed, inc.ID+"/"+field); err != nil {
			return nil, err
		}
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return s.record(ctx, tx, actor, action, "incident", inc.ID, detail)
	})
	if err != nil {
		return nil, err
	}
	return full, nil
}

// startOfDay returns the first instant of the clock's day, unix ms.
func startOfDay(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location()).UnixMilli()
}
