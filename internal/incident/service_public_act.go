package incident

import (
	"context"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
)

// reopenFor is how long after the close whoever reported may have it handled again, in ms: 15 days.
const reopenFor = 15 * 24 * 3600 * 1000

// maxAddition bounds the words of one addition, in characters; maxAdditions how many a report takes.
const (
	maxAddition  = 2000
	maxAdditions = 20
)

// takes tells whether the table has a move from the state in which the incident is.
func takes(i *Incident, do string) bool {
	_, err := Flow.Driven(i, do)
	return err == nil
}

// reopenable tells whether whoever reported may have it handled again; root is what it is handled with.
func (s *Service) reopenable(i, root *Incident) bool {
	return ratable(i, root) && s.Clock.Now().UnixMilli() <= root.ClosedAt+reopenFor
}

// move carries out a row of the incident's table that no person is offered.
func (c *change) move(do string, given flow.Given) error {
	m, err := Flow.Driven(c.inc, do)
	if err != nil {
		return err
	}
	return c.apply(m, given)
}

// AddWords adds words and pictures of the reporter to an open report: an entry for the parties, and news for the desk.
// It is refused with "report.over" when the matter has ended, and with "report.too_many" beyond maxAdditions.
func (s *Service) AddWords(ctx context.Context, code, text string, files []string, repeat Repeat) (*Letter, error) {
	var f fault.Fields
	text = fault.CheckText(&f, "text", text, len(files) == 0, maxAddition)
	if len(files) > maxFiles {
		f.Add("files", "field.too_many", "max", maxFiles)
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	given := flow.Given{"text": text}
	if len(files) > 0 {
		given[flow.FilesField] = files
	}
	return s.actByCode(ctx, code, "resident_add", given, "report.over", repeat)
}

// Withdraw takes a report back for its reporter. Orders in hand end with it. It is refused with "report.handled" once
// somebody has done the work, or it has ended.
func (s *Service) Withdraw(ctx context.Context, code, reason string, repeat Repeat) (*Letter, error) {
	var f fault.Fields
	reason = fault.CheckText(&f, "reason", reason, false, 500)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return s.actByCode(ctx, code, "resident_withdraw", flow.Given{"reason": reason}, "report.handled", repeat)
}

// actByCode lets whoever holds the tracking code take one of the moves that are theirs. Where the state does not allow
// it the refusal is the code refused. The same request again changes nothing and succeeds.
func (s *Service) actByCode(ctx context.Context, code, do string, given flow.Given, refused string, repeat Repeat) (*Letter, error) {
	found, err := s.byCode(ctx, s.DB.Read(), code)
	if err != nil {
		return nil, err
	}
	if files := given.Files(); len(files) > 0 {
		if err := s.claimFiles(ctx, resident, found.ID, files); err != nil {
			return nil, err
		}
	}
	var inc *Incident
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if inc, err = s.touch(ctx, tx, found.ID); err != nil {
			return err
		}
		if err := replayed(ctx, tx, inc.ID, repeat); err != nil {
			return err
		}
		if !takes(inc, do) {
			return fault.New(fault.Conflict, refused)
		}
		n, err := countEntries(ctx, tx, inc.ID, do)
		if err != nil {
			return err
		}
		if n >= maxAdditions {
			return fault.New(fault.Conflict, "report.too_many", "max", maxAdditions)
		}
		c := &change{Service: s, actor: resident, inc: inc, at: s.Clock.Now().UnixMilli(), repeat: repeat}
		if err := c.move(do, given); err != nil {
			return err
		}
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		return c.write(ctx, tx)
	})
	if err != nil && !errors.Is(err, errReplay) {
		return nil, err
	}
	s.wakeAll(inc)
	return s.Track(ctx, code)
}

// ReportPublic takes the report of a resident. When it points at an open matter nearby (sameAs, an id from Nearby), it is
// handled with that one and answered with it, under its own code; what calls for more than that stays a matter of its
// own, and the other one gets an entry. One that is not open to the public any more is refused with
// "report.same_gone" at the field same_as.
func (s *Service) ReportPublic(ctx context.Context, in Report, sameAs string, repeat Repeat) (*Incident, string, error) {
	in.resident = true
	if sameAs == "" {
		return s.Report(ctx, resident, in, repeat)
	}
	other, err := s.pointedAt(ctx, sameAs)
	if err != nil {
		return nil, "", err
	}
	if repeat.ID != "" {
		code := s.codeOf(repeat)
		if first, err := s.reported(ctx, code, repeat); err != nil || first != nil {
			return first, code, err
		}
	}
	if other == nil || !s.shownNearby(other) {
		return nil, "", invalid("same_as", "report.same_gone")
	}
	in.sameAs = other
	inc, code, err := s.Report(ctx, resident, in, repeat)
	if err != nil {
		return nil, "", err
	}
	if inc.State == Merged {
		return inc, code, nil
	}
	return inc, code, s.tellOfSame(ctx, other.ID, inc)
}

// pointedAt loads what a report points at, nil when there is no such matter.
func (s *Service) pointedAt(ctx context.Context, incident string) (*Incident, error) {
	if !id.Valid(incident) {
		return nil, nil
	}
	other, err := load(ctx, s.DB.Read(), incident)
	if fault.Is(err, "not_found") {
		return nil, nil
	}
	return other, err
}

// tellOfSame notes on a matter that another report points at it. One that ended meanwhile is left alone.
func (s *Service) tellOfSame(ctx context.Context, incident string, by *Incident) error {
	once := Repeat{ID: "same " + by.ID, Digest: by.ID}
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		inc, err := s.touch(ctx, tx, incident)
		if err != nil {
			return err
		}
		if err := replayed(ctx, tx, incident, once); err != nil {
			return err
		}
		if !takes(inc, "resident_same") {
			return errReplay
		}
		c := &change{Service: s, actor: resident, inc: inc, at: s.Clock.Now().UnixMilli(), repeat: once}
		if err := c.move("resident_same", flow.Given{"same_as": by.ID, "same_number": by.Number}); err != nil {
			return err
		}
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		return c.write(ctx, tx)
	})
	if errors.Is(err, errReplay) {
		return nil
	}
	if err == nil {
		s.Wake()
	}
	return err
}

// word returns one text of what was given with the entry.
func (e *Entry) word(name string) string {
	var body map[string]any
	if json.Unmarshal(e.Body, &body) != nil {
		return ""
	}
	text, _ := body[name].(string)
	return text
}
