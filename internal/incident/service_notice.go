package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
)

// Notifiable is what somebody who tells people of an incident needs to know: no words of it, and nobody's name.
type Notifiable struct {
	Number string
	Lead   string // id of the order that leads
	Orders []*Order
	Copies []*Copy
	Open   bool
	// Quiet says that whoever reported is not written to: they left no phone, wanted their name kept, or not to be called.
	Quiet bool
	// Others are the reports that were merged into it.
	Others []NotifiableReport
}

// NotifiableReport is a report that is handled with another one.
type NotifiableReport struct {
	ID, Number string
	Quiet      bool
}

// lostReports is how many reports of one phone a code is told for when no number was given.
const lostReports = 3

// Notifiable returns it; false for an incident that is not there. It asks nobody's scope: it is for the program itself.
func (s *Service) Notifiable(ctx context.Context, incident string) (Notifiable, bool, error) {
	inc, err := load(ctx, s.DB.Read(), incident)
	if fault.Is(err, "not_found") {
		return Notifiable{}, false, nil
	}
	if err != nil {
		return Notifiable{}, false, err
	}
	others, err := s.notifiableOthers(ctx, inc)
	if err != nil {
		return Notifiable{}, false, err
	}
	return Notifiable{Others: others, Number: inc.Number, Lead: inc.LeadOrder, Orders: inc.Orders, Copies: inc.Copies, Open: Flow.Phase(inc.State) == flow.Open,
		Quiet: inc.Reporter.Phone == "" || inc.Reporter.Confidential || inc.Call.DoNotCall}, true, nil
}

// ReporterPhone returns the telephone number that was left with a report, ” for none. It is for the program itself,
// which sends to it and shows it nowhere.
func (s *Service) ReporterPhone(ctx context.Context, incident string) (string, error) {
	inc, err := load(ctx, s.DB.Read(), incident)
	if err != nil {
		return "", err
	}
	return s.Keys.Open(inc.Reporter.Phone, inc.ID+"/phone")
}

// TrackingCode returns the code of a report for sending it to the phone that was left with it; whoever sends records it.
func (s *Service) TrackingCode(ctx context.Context, incident string) (string, error) {
	inc, err := load(ctx, s.DB.Read(), incident)
	if err != nil {
		return "", err
	}
	return s.Keys.Open(inc.Code, inc.ID+"/code")
}

// ReportedBy returns the reports that were made with a phone: the one with this number, or without a number the newest
// few. It returns none for what was not reported with this phone.
func (s *Service) ReportedBy(ctx context.Context, phone, number string) ([]string, error) {
	digits := PhoneDigits(phone)
	if digits == "" {
		return nil, nil
	}
	return reportsOfPhone(ctx, s.DB.Read(), s.Keys.Blind(phonePurpose, digits), strings.ToUpper(number), lostReports)
}
