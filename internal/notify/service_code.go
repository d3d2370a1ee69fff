package notify

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Limits of questions for a lost code, by phone: one in ten minutes, five a day.
const (
	askAgainAfter = 10 * time.Minute
	asksADay      = 5
)

// TellsCodes tells whether a lost code can be told by phone here.
func (s *Service) TellsCodes(ctx context.Context) (bool, error) {
	senders, err := readSenders(ctx, s.DB.Read())
	for _, c := range senders {
		if c.Audience == ToPhone && c.carries(LostCode) {
			return true, nil
		}
	}
	return false, err
}

// AskForCode takes the question of somebody who lost the code of a report; number may be empty. It answers the same and
// does the same work whether or not there is such a report, and whether or not the phone asked too often: what comes of
// it is decided later, away from the request. "notify.no_codes" where no code can be told at all.
func (s *Service) AskForCode(ctx context.Context, phone, number string) error {
	var f fault.Fields
	phone = fault.CheckText(&f, "phone", phone, true, 30)
	number = strings.Join(strings.Fields(fault.CheckText(&f, "number", number, false, 30)), "")
	if phone != "" && !phoneForm.MatchString(dial(phone)) {
		f.Add("phone", "field.phone")
	}
	if err := f.Err(); err != nil {
		return err
	}
	tells, err := s.TellsCodes(ctx)
	if err != nil {
		return err
	}
	if !tells {
		return fault.New(fault.Conflict, "notify.no_codes")
	}
	at := s.Clock.Now()
	r := codeRequest{Index: s.Keys.Blind("notify.code", digits(phone)), Number: number, At: at.UnixMilli()}
	r.ID = id.Derive("code request", r.Index, strconv.FormatInt(at.UnixMilli()/askAgainAfter.Milliseconds(), 10))
	if r.Phone, err = s.Keys.Seal(phone, codePlace(r.ID)); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err := countCodeRequests(ctx, tx, r.Index, at.Add(-keepFor).UnixMilli())
		if err != nil || n >= asksADay {
			return err
		}
		return insertCodeRequest(ctx, tx, r)
	})
}

// answerCodeRequests looks up what was asked for and puts the messages in their place. The phone is forgotten with it.
func (s *Service) answerCodeRequests(ctx context.Context) (int, error) {
	list, err := openCodeRequests(ctx, s.DB.Read(), batch)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	senders, err := readSenders(ctx, s.DB.Read())
	if err != nil {
		return 0, err
	}
	for _, r := range list {
		if err := s.answerCodeRequest(ctx, r, senders); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

func (s *Service) answerCodeRequest(ctx context.Context, r codeRequest, senders []Config) error {
	var messages []Kept
	phone, err := s.Keys.Open(r.Phone, codePlace(r.ID))
	if err == nil && r.At > s.Clock.Now().Add(-keepFor).UnixMilli() {
		found, err := s.Incidents.ReportedBy(ctx, phone, r.Number)
		if err != nil {
			return err
		}
		for _, incident := range found {
			matter, there, err := s.Incidents.Matter(ctx, incident)
			if err != nil || !there {
				return err
			}
			for _, c := range senders {
				if c.Audience == ToPhone && c.carries(LostCode) {
					n := told{ID: id.Derive("code", r.ID, incident), Notice: LostCode, Incident: incident, At: r.At}
					messages = append(messages, s.message(n, matter, c.ID, "reporter", "", ""))
					break // the first that can is enough
				}
			}
		}
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if first, err := endCodeRequest(ctx, tx, r.ID); err != nil || !first {
			return err
		}
		return insertMessages(ctx, tx, messages)
	})
}

// digits keeps the digits of a number, also those that a Chinese keyboard writes wide.
func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, phone)
}

func codePlace(id string) string { return "code_requests." + id + ".phone" }
