package incident

import (
	"encoding/json"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/perm"
)

// Ledger lives through incidents in memory, by the same tables, checks and effects as the service, and writes them
// whole and many at a time: that is how history is made that nobody lived through. It knows nothing of incidents that
// the store holds already. A ledger is for one goroutine.
type Ledger struct{ *Service }

// Ledger returns a ledger of the store on which things happen when its own clock says.
func (s *Service) Ledger(clock now.Clock) *Ledger {
	c := s.Config
	c.Clock = clock
	own := &Service{Config: c, recent: newRecent()}
	own.categories.Store(s.Categories())
	return &Ledger{own}
}

// Life is one incident on a ledger with everything that happened to it so far. Its Incident is replaced at every step.
type Life struct {
	*Incident
	Code    string // tracking code, clear
	entries []*Entry
	events  []outbox.Row
	files   []*File
}

// Report takes a report with an external id, under which it has the same id in this store for ever. Files are copies
// that Photograph made for it.
func (l *Ledger) Report(actor authz.Actor, in Report, files ...*File) (*Life, error) {
	if !actor.Can(perm.IncidentReport) && (actor.Known() || in.Channel != "app") {
		return nil, fault.New(fault.Forbidden, "forbidden")
	}
	if in.ExternalID == "" {
		return nil, invalid("external_id", "field.required")
	}
	at := l.Clock.Now()
	code := id.CodeFrom(l.Keys.MAC("tracking code", []byte(id.Derive("external", actor.AccountID, in.ExternalID))))
	in.Files = nil
	p, err := in.check(l.Categories(), at.UnixMilli())
	if err != nil {
		return nil, err
	}
	inc, err := l.build(actor, in, idOfCode(code), code, at)
	if err != nil {
		return nil, err
	}
	l.settleAt(inc, p, in.AreaID, l.Directory.HomeAreas(actor))
	if err := l.inScope(actor, inc); err != nil {
		return nil, err
	}
	life := &Life{Incident: inc, Code: code}
	c := &change{Service: l.Service, actor: actor, inc: inc, at: inc.ReceivedAt}
	c.begin("report", "", flow.Given{flow.FilesField: life.bind(files)}, map[string]any{"channel": inc.Channel, "kind": inc.Kind, "category": inc.Category})
	if err := c.turnClocks(nil, Flow.Start.Starts, nil); err != nil {
		return nil, err
	}
	c.finish(string(inc.State))
	life.note(c)
	next, err := l.sendByRule(inc, inc.ReceivedAt)
	if err != nil {
		return nil, err
	}
	if next != nil {
		life.note(next)
	}
	return life, nil
}

// Act carries out an action as Service.Act does; after an error nothing happened. Files go to the field of general
// files.
func (l *Ledger) Act(actor authz.Actor, life *Life, a Action, files ...*File) error {
	if !l.sees(actor, life.Incident) {
		return fault.Missing("incident")
	}
	draft := life.clone()
	draft.Version++
	c := &change{Service: l.Service, actor: actor, inc: draft, at: l.Clock.Now().UnixMilli(), repeat: a.Repeat}
	bound := len(life.files)
	if len(files) > 0 {
		raw, err := json.Marshal(life.bind(files))
		if err != nil {
			return err
		}
		a.Fields[flow.FilesField] = raw
	}
	if err := c.do(a); err != nil {
		life.files = life.files[:bound]
		return err
	}
	life.Incident = draft
	life.note(c)
	return nil
}

// Rate records what the reporter thinks of the outcome.
func (l *Ledger) Rate(life *Life, r Rating, text string) error {
	if !ratable(life.Incident, life.Incident) {
		return fault.New(fault.Conflict, "report.not_ratable")
	}
	life.Version++
	c := &change{Service: l.Service, actor: resident, inc: life.Incident, at: l.Clock.Now().UnixMilli()}
	c.begin("rate", "", flow.Given{"solved": r.Solved, "satisfaction": r.Satisfaction, "text": text}, nil)
	life.Solved, life.Satisfaction = &r.Solved, r.Satisfaction
	c.finish(string(life.State))
	life.note(c)
	return nil
}

// Entries returns the timeline so far.
func (life *Life) Entries() []*Entry { return life.entries }

func (life *Life) note(c *change) {
	life.entries = append(life.entries, c.entry)
	life.events = append(life.events, c.outboxRow())
}

// bind makes files the incident's own and returns their ids.
func (life *Life) bind(files []*File) []string {
	var ids []string
	for _, f := range files {
		f.IncidentID = life.ID
		life.files = append(life.files, f)
		ids = append(ids, f.ID)
	}
	return ids
}

// Photograph returns a new file with the content of one that was uploaded before: the content is not kept twice.
func (l *Ledger) Photograph(by authz.Actor, of *File) *File {
	at := l.Clock.Now()
	f := *of
	f.ID, f.uploader, f.IncidentID, f.createdAt = id.New(at), by.AccountID, "", at.UnixMilli()
	return &f
}
