package incident

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/perm"
)

// Repeat is the identity of a request that may be repeated for ever; the zero Repeat is none.
type Repeat struct {
	ID     string // who, route and key
	Digest string // of the body
}

// phonePurpose separates the blind index of phones from others under the same key.
const phonePurpose = "reporter.phone"

// Report takes a report and returns the incident and its tracking code. With a Repeat, or an external id of the same
// source, a resend gives the incident of the first time; another body under the same key is refused.
func (s *Service) Report(ctx context.Context, actor authz.Actor, in Report, repeat Repeat) (*Incident, string, error) {
	if !actor.Can(perm.IncidentReport) && (actor.Known() || in.Channel != "app") {
		return nil, "", fault.New(fault.Forbidden, "forbidden")
	}
	if in.ExternalID = strings.TrimSpace(in.ExternalID); in.ExternalID != "" {
		repeat = Repeat{ID: id.Derive("external", actor.AccountID, in.ExternalID)}
	}
	code := id.NewCode()
	if repeat.ID != "" {
		code = s.codeOf(repeat)
		if first, err := s.reported(ctx, code, repeat); err != nil || first != nil {
			return first, code, err
		}
	}
	if err := s.classify(ctx, &in); err != nil {
		return nil, "", err
	}
	at := s.Clock.Now()
	p, err := in.check(s.Categories(), at.UnixMilli())
	if err != nil {
		return nil, "", err
	}
	inc, err := s.build(actor, in, idOfCode(code), code, at)
	if err != nil {
		return nil, "", err
	}
	inc.RequestKey = repeat.Digest
	s.settleAt(inc, p, in.AreaID, s.Directory.HomeAreas(actor))
	if err := s.inScope(actor, inc); err != nil {
		return nil, "", err
	}
	if err := s.claimFiles(ctx, actor, inc.ID, in.Files); err != nil {
		return nil, "", err
	}
	fresh := true
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		draft := *inc
		var err error
		if fresh, err = s.store(ctx, tx, actor, &draft, in); err != nil || !fresh {
			return err
		}
		*inc = draft
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	if !fresh {
		first, err := s.reported(ctx, code, repeat)
		return first, code, err
	}
	s.remember(inc)
	s.wakeAll(inc)
	return inc, code, nil
}

// codeOf returns the tracking code of what a request reports, the same for every repetition of it.
func (s *Service) codeOf(repeat Repeat) string {
	return id.CodeFrom(s.Keys.MAC("tracking code", []byte(repeat.ID)))
}

// reported returns the incident of an earlier request with the same identity, nil when there is none. It is looked up
// before anything of the report is checked, because what held then need not hold now (a category that was closed).
func (s *Service) reported(ctx context.Context, code string, repeat Repeat) (*Incident, error) {
	first, err := load(ctx, s.DB.Read(), idOfCode(code))
	if err != nil {
		if fault.Is(err, "not_found") {
			return nil, nil
		}
		return nil, err
	}
	if first.RequestKey != repeat.Digest {
		return nil, fault.New(fault.Conflict, "request.key_reused")
	}
	return first, nil
}

// idOfCode derives an incident's id from its tracking code, so that the code finds the incident without being kept in
// clear, and the id does not give the code away.
func idOfCode(code string) string { return id.Derive("incident", code) }

func (s *Service) build(actor authz.Actor, in Report, incID, code string, at time.Time) (*Incident, error) {
	inc := &Incident{
		ID: incID, State: Flow.Start.To, Kind: in.Kind, Channel: in.Channel, Category: in.Category, Severity: in.Severity, Urgent: in.urgent,
		Title: in.Title, Text: in.Text, Datum: in.Datum, Address: in.Address, Details: in.answers, CallAt: in.CallAt, Source: actor.AccountID, ExternalID: in.ExternalID,
		OccurredAt: in.OccurredAt, ReceivedAt: at.UnixMilli(), Version: 1,
		Number: numberOf(incID, at.Format("060102")),
	}
	var err error
	seal := func(field, value string) string {
		sealed, e := s.Keys.Seal(value, incID+"/"+field)
		if e != nil {
			err = e
		}
		return sealed
	}
	inc.Code = seal("code", code)
	inc.Reporter = Reporter{Name: seal("name", in.Reporter.Name), Phone: seal("phone", in.Reporter.Phone),
		Address: seal("address", in.Reporter.Address), Confidential: in.Reporter.Confidential}
	if d := PhoneDigits(in.Reporter.Phone); d != "" {
		inc.PhoneIndex = s.Keys.Blind(phonePurpose, d)
	}
	return inc, err
}

// store writes a new incident with its first entry, and sends it at once where a rule says so. It returns false when
// the incident exists already.
func (s *Service) store(ctx context.Context, tx db.Tx, actor authz.Actor, inc *Incident, in Report) (bool, error) {
	c := &change{Service: s, actor: actor, inc: inc, at: inc.ReceivedAt}
	given := map[string]any{"channel": inc.Channel, "kind": inc.Kind, "category": inc.Category}
	if in.sameAs != nil {
		given["same_as"], given["same_number"] = in.sameAs.ID, in.sameAs.Number
	}
	if in.guessed != nil {
		given["category_by"], given["confidence"] = "model", in.guessed.Confidence
	}
	c.begin("report", "", flow.Given{flow.FilesField: in.Files}, given)
	if err := c.turnClocks(nil, Flow.Start.Starts, nil); err != nil {
		return false, err
	}
	c.finish(string(inc.State))
	fresh, err := insert(ctx, tx, inc)
	if err != nil || !fresh {
		return fresh, err
	}
	if err := c.write(ctx, tx); err != nil {
		return false, err
	}
	next, err := s.onward(ctx, tx, inc, in)
	if err != nil {
		return false, err
	}
	if next == nil {
		return true, saveClocks(ctx, tx, inc)
	}
	if err := save(ctx, tx, inc); err != nil {
		return false, err
	}
	return true, next.write(ctx, tx)
}

// onward is what follows a report at once: it is handled with the matter at which whoever reported it pointed, or a rule
// sends it; nil for neither.
func (s *Service) onward(ctx context.Context, tx db.Tx, inc *Incident, in Report) (*change, error) {
	if in.sameAs == nil || !joinsAtBirth(inc) {
		return s.sendAtOnce(ctx, tx, inc, inc.ReceivedAt)
	}
	next := &change{Service: s, actor: resident, inc: inc, at: inc.ReceivedAt, into: in.sameAs}
	return next, next.move("me_too", flow.Given{})
}

// sendByRule sends an incident that is new, or was placed just now, where a rule says that it goes at once; nil when no
// rule says so.
func (s *Service) sendByRule(inc *Incident, at int64) (*change, error) {
	proposal := s.propose(inc)
	if !proposal.Automatic || proposal.UnitID == "" {
		return nil, nil
	}
	return s.sendAs("rule", inc, at)
}

// sendAtOnce sends like sendByRule, and where no rule knows the matter by the model, if it is as sure as it must be.
func (s *Service) sendAtOnce(ctx context.Context, tx db.Tx, inc *Incident, at int64) (*change, error) {
	if next, err := s.sendByRule(inc, at); next != nil || err != nil {
		return next, err
	}
	sure, err := s.sureOfUnit(ctx, tx, inc)
	if !sure || err != nil {
		return nil, err
	}
	return s.sendAs("model", inc, at)
}

// sendAs sends an incident as it is proposed.
func (s *Service) sendAs(machine string, inc *Incident, at int64) (*change, error) {
	next := &change{Service: s, actor: authz.System(machine), inc: inc, at: at}
	move, err := Flow.Driven(inc, "dispatch")
	if err != nil {
		return nil, err
	}
	return next, next.apply(move, flow.Given{})
}

// outboxBody is what the feed carries of a change: ids and kinds, and whom it concerns, never names or texts.
type outboxBody struct {
	Incident    string   `json:"incident"`
	Order       string   `json:"order,omitempty"`
	Version     int64    `json:"version"`
	State       string   `json:"state"`
	Do          string   `json:"do"`
	Street      string   `json:"street,omitempty"`
	Hash        string   `json:"hash"` // head of the timeline's chain
	Areas       []string `json:"areas,omitempty"`
	Units       []string `json:"units,omitempty"`
	Persons     []string `json:"persons,omitempty"`
	LeftAreas   []string `json:"left_areas,omitempty"`
	LeftUnits   []string `json:"left_units,omitempty"`
	LeftPersons []string `json:"left_persons,omitempty"`
}

func (c *change) outboxRow() outbox.Row {
	t := c.inc.Target()
	kind := "incident.changed"
	if c.entry.OrderID != "" {
		kind = "order.changed"
	}
	body := outboxBody{Incident: c.inc.ID, Order: c.entry.OrderID, Version: c.inc.Version, State: string(c.inc.State), Do: c.entry.Do,
		Street: c.inc.StreetID(), Hash: c.entry.Hash, Areas: t.Areas, Units: t.Units, Persons: t.Persons,
		LeftAreas: without(c.before.Areas, t.Areas), LeftUnits: without(c.before.Units, t.Units), LeftPersons: without(c.before.Persons, t.Persons)}
	return outbox.Row{Aggregate: c.inc.ID, Seq: c.entry.Seq, At: c.entry.At, Topic: Topic, Kind: kind, Body: outbox.Body(body)}
}

func without(list, gone []string) []string {
	var left []string
	for _, v := range list {
		if !slices.Contains(gone, v) {
			left = append(left, v)
		}
	}
	return left
}

func bodyOf(values map[string]any) json.RawMessage {
	if len(values) == 0 {
		return json.RawMessage(`{}`)
	}
	return outbox.Body(values)
}
