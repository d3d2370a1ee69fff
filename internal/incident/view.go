package incident

import (
	"encoding/json"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/seal"
	"gezhi/internal/perm"
)

// View is an incident as a signed-in person sees it: personal data masked, areas and units by name, and what this
// person can do now.
type View struct {
	ID           string         `json:"id"`
	Number       string         `json:"number" doc:"the number that people read out"`
	Kind         string         `json:"kind"`
	Channel      string         `json:"channel"`
	ChannelGroup string         `json:"channel_group"`
	Category     *NamedCode     `json:"category" doc:"null while unclassified"`
	Severity     string         `json:"severity"`
	Title        string         `json:"title"`
	Text         string         `json:"text"`
	Lon          *float64       `json:"lon"`
	Lat          *float64       `json:"lat"`
	Address      string         `json:"address"`
	Details      []DetailView   `json:"details,omitempty" doc:"answers to what the category asks; missing in lists"`
	Wanted       []WantedField  `json:"wanted,omitempty" doc:"what the category asks for and nobody has answered; missing in lists"`
	Area         *AreaView      `json:"area" doc:"null while it is to be placed"`
	FiledArea    string         `json:"filed_area"`
	State        State          `json:"state"`
	Flags        []string       `json:"flags"`
	Orders       []OrderView    `json:"orders"`
	Clocks       []ClockView    `json:"clocks" doc:"in lists only those that have not ended"`
	WarnAt       int64          `json:"warn_at,omitempty" doc:"nearest of the running clocks, unix ms"`
	DueAt        int64          `json:"due_at,omitempty" doc:"nearest of the running clocks, unix ms"`
	Late         int64          `json:"late,omitempty" doc:"stages that went overdue"`
	Pause        *PauseView     `json:"pause,omitempty" doc:"missing while the clocks run"`
	Asked        *AskingView    `json:"asked,omitempty" doc:"what waits for approval"`
	Extensions   int64          `json:"extensions,omitempty" doc:"granted so far"`
	Rung         string         `json:"rung,omitempty" doc:"how far it was escalated"`
	SupervisedAt int64          `json:"supervised_at,omitempty" doc:"unix ms"`
	StudyAt      int64          `json:"study_at,omitempty" doc:"since when a joint study is open, unix ms"`
	Copies       []CopyView     `json:"copies,omitempty" doc:"who was told without being given work; missing in lists"`
	Joined       int64          `json:"joined,omitempty" doc:"how many others reported the same and are answered with this one"`
	Into         *OtherView     `json:"into,omitempty" doc:"what a merged one is handled with; missing in lists"`
	Others       []OtherView    `json:"others,omitempty" doc:"what was merged into it, the first 100; missing in lists"`
	Actions      []Offer        `json:"actions"`
	Reporter     ReporterView   `json:"reporter"`
	Answer       string         `json:"answer,omitempty"`
	Solved       *bool          `json:"solved,omitempty"`
	Satisfaction int64          `json:"satisfaction,omitempty"`
	Call         *CallView      `json:"call,omitempty" doc:"missing while nobody called back"`
	Review       *ReviewView    `json:"review,omitempty" doc:"missing while no supervisor rated"`
	Times        Times          `json:"times"`
	OccurredAt   int64          `json:"occurred_at"`
	ReceivedAt   int64          `json:"received_at"`
	EntryAt      int64          `json:"changed_at"`
	Entries      int64          `json:"entries" doc:"number of entries on the timeline"`
	Version      int64          `json:"version"`
	Proposal     *ProposalView  `json:"proposal,omitempty"`
	Suggested    *SuggestedView `json:"suggested,omitempty" doc:"what the words suggest while nobody has settled it; missing in lists"`
}

// NamedCode is a code with its names.
type NamedCode struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

// AreaView is the deepest area of an incident with its path from the city down.
type AreaView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
	Path []Area `json:"path"`
}

// OrderView is an order as it is shown.
type OrderView struct {
	ID         string     `json:"id"`
	Role       OrderRole  `json:"role"`
	State      OrderState `json:"state"`
	Unit       UnitRef    `json:"unit"`
	Person     *PersonRef `json:"person"`
	Reason     Reason     `json:"reason"`
	ByPerson   bool       `json:"by_person"`
	Changed    bool       `json:"changed"`
	Note       string     `json:"note,omitempty"`
	Result     string     `json:"result,omitempty"`
	Outcome    string     `json:"outcome,omitempty"`
	SentAt     int64      `json:"sent_at"`
	AcceptedAt int64      `json:"accepted_at,omitempty"`
	ArrivedAt  int64      `json:"arrived_at,omitempty"`
	HandledAt  int64      `json:"handled_at,omitempty"`
	EndedAt    int64      `json:"ended_at,omitempty"`
	Pending    bool       `json:"pending_approval" doc:"a reply waits for a colleague's approval"`
	Reply      *ReplyView `json:"reply,omitempty" doc:"what waits"`

	Delivery    string `json:"delivery,omitempty" enum:"queued,delivered,read" doc:"how far it has come to whoever has it; missing in lists"`
	DeliveredAt int64  `json:"delivered_at,omitempty" doc:"unix ms"`
	ReadAt      int64  `json:"read_at,omitempty" doc:"unix ms"`
}

// ReplyView is a result that waits for approval.
type ReplyView struct {
	By        PersonRef `json:"by"`
	At        int64     `json:"at" doc:"unix ms"`
	Result    string    `json:"result"`
	Outcome   string    `json:"outcome"`
	Parties   string    `json:"parties,omitempty"`
	Agreement string    `json:"agreement,omitempty"`
	Before    []string  `json:"before,omitempty"`
	After     []string  `json:"after,omitempty"`
}

// ReporterView is the reporter, masked; Revealable says whether the person may ask for the full view.
type ReporterView struct {
	Name         string `json:"name"`
	Phone        string `json:"phone"`
	Address      string `json:"address"`
	Confidential bool   `json:"confidential"`
	Revealable   bool   `json:"revealable"`
}

// CallView is how far the calls back have come.
type CallView struct {
	Attempts  int64 `json:"attempts"`
	AgainAt   int64 `json:"again_at,omitempty" doc:"when to try again, unix ms"`
	DoNotCall bool  `json:"do_not_call" doc:"they asked not to be called"`
}

// ReviewView is a supervisor's rating.
type ReviewView struct {
	Rating int64     `json:"rating" doc:"1 to 5"`
	Text   string    `json:"text,omitempty"`
	By     PersonRef `json:"by"`
	At     int64     `json:"at" doc:"unix ms"`
}

// Times are the moments of the stages, unix ms, left out while they have not come.
type Times struct {
	AcceptedAt   int64 `json:"accepted_at,omitempty"`
	DispatchedAt int64 `json:"dispatched_at,omitempty"`
	TakenAt      int64 `json:"taken_at,omitempty"`
	ArrivedAt    int64 `json:"arrived_at,omitempty"`
	HandledAt    int64 `json:"handled_at,omitempty"`
	CheckedAt    int64 `json:"checked_at,omitempty"`
	ClosedAt     int64 `json:"closed_at,omitempty"`
}

// ProposalView is where the incident would be sent now, and why.
type ProposalView struct {
	Unit   UnitRef    `json:"unit"`
	Person *PersonRef `json:"person,omitempty"`
	Pool   bool       `json:"pool"`
	Reason Reason     `json:"reason"`
}

// EntryView is an entry of the timeline as it is shown to staff.
type EntryView struct {
	Seq        int64           `json:"seq"`
	At         int64           `json:"at"`
	Do         string          `json:"do"`
	Visibility Visibility      `json:"visibility"`
	Actor      *PersonRef      `json:"actor"`
	Unit       *UnitRef        `json:"unit"`
	Order      string          `json:"order,omitempty"`
	From       string          `json:"from"`
	To         string          `json:"to"`
	Body       json.RawMessage `json:"body"`
	Files      []string        `json:"files"`
	Sounds     []string        `json:"sounds,omitempty" doc:"those of the files that are recordings"`
	Hash       string          `json:"hash"`
}

// View shows an incident to an actor in full.
func (s *Service) View(actor authz.Actor, i *Incident) View {
	return s.view(lookingAs(actor), i, false)
}

// Row shows an incident as one of a list: like View, without the long choices of its actions.
func (s *Service) Row(actor authz.Actor, i *Incident) View { return s.view(lookingAs(actor), i, true) }

// onlooker is an actor with what decides of every incident what they see of it and can do.
type onlooker struct {
	authz.Actor
	moves  flow.Reach[State, *Incident]
	orders flow.Reach[OrderState, Held]
	view   authz.Scope
	call   authz.Scope
}

func lookingAs(actor authz.Actor) onlooker {
	return onlooker{actor, Flow.For(actor), OrderFlow.For(actor), actor.Scope(perm.ReporterView), actor.Scope(perm.ReporterCall)}
}

func (s *Service) view(by onlooker, i *Incident, brief bool) View {
	v := View{
		ID: i.ID, Number: i.Number, Kind: i.Kind, Channel: i.Channel, ChannelGroup: ChannelGroups[i.Channel], Severity: i.Severity,
		Title: seal.MaskFreeText(i.Title), Text: seal.MaskFreeText(i.Text), Lon: i.Lon, Lat: i.Lat, Address: seal.MaskFreeText(i.Address), FiledArea: i.FiledArea,
		State: i.State, Flags: i.Flags(), Orders: []OrderView{}, Answer: seal.MaskFreeText(i.Answer), Solved: i.Solved, Satisfaction: i.Satisfaction,
		OccurredAt: i.OccurredAt, ReceivedAt: i.ReceivedAt, EntryAt: i.EntryAt, Entries: i.EntrySeq, Version: i.Version,
		Times: Times{i.AcceptedAt, i.DispatchedAt, i.TakenAt, i.ArrivedAt, i.HandledAt, i.CheckedAt, i.ClosedAt},
	}
	if c := i.Call; c != (Call{}) {
		v.Call = &CallView{c.Attempts, c.AgainAt, c.DoNotCall}
	}
	if r := i.Review; r.Rating != 0 {
		v.Review = &ReviewView{r.Rating, seal.MaskFreeText(r.Text), PersonRef{r.By, s.Directory.PersonName(r.By)}, r.At}
	}
	if k, ok := s.Categories().Get(i.Category); ok {
		v.Category = &NamedCode{k.Code, k.NameZH, k.NameEN}
	}
	if path := s.Places.Path(i.AreaID); i.AreaID != "" && len(path) > 0 {
		last := path[len(path)-1]
		v.Area = &AreaView{last.ID, last.Code, last.Name, path}
	}
	for _, o := range i.Orders {
		v.Orders = append(v.Orders, s.orderView(o))
	}
	s.showTime(&v, i, brief)
	v.Joined = i.Joined
	v.Actions = s.offers(by, i, brief)
	v.Reporter = s.reporterView(by, i)
	if !brief {
		v.Details, v.Wanted = s.Categories().show(i.Category, i.Details), s.Categories().wanted(i.Category, i.Details)
		v.Suggested = s.suggested(by, i)
	}
	if !brief && i.LeadOrder == "" && by.Can(perm.IncidentDispatch) {
		v.Proposal = s.proposalView(i)
	}
	return v
}

func (s *Service) orderView(o *Order) OrderView {
	v := OrderView{ID: o.ID, Role: o.Role, State: o.State, Unit: s.unitRef(o.UnitID), Reason: o.Reason, ByPerson: o.ByPerson, Changed: o.Changed,
		Note: seal.MaskFreeText(o.Note), Result: seal.MaskFreeText(o.Result), Outcome: o.Outcome, SentAt: o.SentAt, AcceptedAt: o.AcceptedAt,
		ArrivedAt: o.ArrivedAt, HandledAt: o.HandledAt, EndedAt: o.EndedAt}
	if o.PersonID != "" {
		v.Person = &PersonRef{o.PersonID, s.Directory.PersonName(o.PersonID)}
	}
	if r := o.Reply; r != nil {
		v.Pending = true
		v.Reply = &ReplyView{By: PersonRef{r.By, s.Directory.PersonName(r.By)}, At: r.At, Result: seal.MaskFreeText(r.Result), Outcome: r.Outcome,
			Parties: seal.MaskFreeText(r.Parties), Agreement: r.Agreement, Before: r.Before, After: r.After}
	}
	return v
}

func (s *Service) unitRef(id string) UnitRef {
	u, ok := s.Directory.Unit(id)
	if !ok {
		u = UnitRef{ID: id}
	}
	return u
}

func (s *Service) proposalView(i *Incident) *ProposalView {
	p := s.propose(i)
	if p.UnitID == "" {
		return nil
	}
	v := &ProposalView{Unit: s.unitRef(p.UnitID), Pool: p.Pool, Reason: p.Reason}
	if p.PersonID != "" {
		v.Person = &PersonRef{p.PersonID, s.Directory.PersonName(p.PersonID)}
	}
	return v
}

// reporterView masks the reporter. Of a confidential one only those who call for the centre see anything.
func (s *Service) reporterView(by onlooker, i *Incident) ReporterView {
	v := ReporterView{Confidential: i.Reporter.Confidential}
	scope := by.view
	if i.Reporter.Confidential {
		scope = by.call
	}
	v.Revealable = scope.Covers(i.Target())
	if i.Reporter.Confidential && !v.Revealable {
		return v
	}
	masked := i.masked
	if masked == nil {
		masked = s.maskReporter(i)
	}
	v.Name, v.Phone = masked.name, masked.phone
	if i.Reporter.Address != "" {
		v.Address = "***"
	}
	return v
}

func (s *Service) maskReporter(i *Incident) *maskedReporter {
	return &maskedReporter{seal.MaskName(s.open(i, "name", i.Reporter.Name)), seal.MaskPhone(s.open(i, "phone", i.Reporter.Phone))}
}

// open unseals a field for masking; what cannot be opened is shown as stars and reported by gezhi verify.
func (s *Service) open(i *Incident, field, sealed string) string {
	plain, err := s.Keys.Open(sealed, i.ID+"/"+field)
	if err != nil {
		return "***"
	}
	return plain
}

// EntryView shows an entry to staff, with numbers in free text masked.
func (s *Service) EntryView(e *Entry) EntryView {
	v := EntryView{Seq: e.Seq, At: e.At, Do: e.Do, Visibility: e.Visibility, Order: e.OrderID, From: e.From, To: e.To, Body: maskBody(e.Body),
		Files: e.Files, Hash: e.Hash}
	if e.ActorID != "" || e.ActorName != "" {
		v.Actor = &PersonRef{e.ActorID, e.ActorName}
	}
	if e.UnitID != "" {
		u := s.unitRef(e.UnitID)
		v.Unit = &u
	}
	if v.Files == nil {
		v.Files = []string{}
	}
	return v
}

func maskBody(raw json.RawMessage) json.RawMessage {
	var values map[string]any
	if json.Unmarshal(raw, &values) != nil {
		return raw
	}
	for k, v := range values {
		if text, ok := v.(string); ok {
			values[k] = seal.MaskFreeText(text)
		}
	}
	return bodyOf(values)
}
