package incident

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/seal"
)

// Step is one line of what a resident is told: what happened and which unit did it, never which officer.
type Step struct {
	At    int64    `json:"at"`
	Do    string   `json:"do"`
	Unit  string   `json:"unit,omitempty"`
	Text  string   `json:"text,omitempty"`
	Files []string `json:"files,omitempty" doc:"pictures that the reporter added with it"`
	// Shared is a step of the matter with which a merged report is handled.
	Shared bool `json:"shared,omitempty" doc:"a step of the same matter as others reported it"`
}

// Letter is what whoever holds the tracking code sees of an incident.
type Letter struct {
	Number     string       `json:"number"`
	State      State        `json:"state"`
	Kind       string       `json:"kind"`
	Title      string       `json:"title"`
	Text       string       `json:"text"`
	Address    string       `json:"address,omitempty"`
	ReceivedAt int64        `json:"received_at"`
	Steps      []Step       `json:"steps"`
	Files      []string     `json:"files"`
	Details    []DetailView `json:"details,omitempty" doc:"what residents are asked"`
	Answer     string       `json:"answer,omitempty"`
	CanRate    bool         `json:"can_rate"`
	CanReopen  bool         `json:"can_reopen" doc:"a rating may ask to reopen"`
	CanAdd     bool         `json:"can_add"`
	CanEnd     bool         `json:"can_withdraw"`
	Rating     *Rating      `json:"rating,omitempty"`
	SameAs     string       `json:"same_as,omitempty" doc:"number of the matter that the reporter pointed at"`
	Merged     bool         `json:"merged,omitempty" doc:"it is handled together with another report of the same matter, and answered with it"`
	Others     int64        `json:"others,omitempty" doc:"how many others reported the same matter"`
}

// Rating is what the reporter thinks of the outcome.
type Rating struct {
	Solved       bool  `json:"solved"`
	Satisfaction int64 `json:"satisfaction"`
}

// resident is the actor of whoever has no account.
var resident = authz.Actor{}

// byCode finds the incident of a tracking code, as people type it.
func (s *Service) byCode(ctx context.Context, q db.Querier, code string) (*Incident, error) {
	parsed, ok := id.ParseCode(code)
	if !ok {
		return nil, fault.Missing("report")
	}
	inc, err := load(ctx, q, idOfCode(parsed))
	if err != nil {
		if fault.Is(err, "not_found") {
			return nil, fault.Missing("report")
		}
		return nil, err
	}
	return inc, nil
}

// Track returns what the holder of a tracking code may see.
func (s *Service) Track(ctx context.Context, code string) (*Letter, error) {
	inc, err := s.byCode(ctx, s.DB.Read(), code)
	if err != nil {
		return nil, err
	}
	root, err := s.root(ctx, s.DB.Read(), inc)
	if err != nil {
		return nil, err
	}
	l := &Letter{Number: inc.Number, State: root.State, Kind: inc.Kind, Title: seal.MaskFreeText(inc.Title), Text: seal.MaskFreeText(inc.Text),
		Address: seal.MaskFreeText(inc.Address), ReceivedAt: inc.ReceivedAt, Answer: seal.MaskFreeText(root.Answer), Steps: []Step{}, Files: []string{},
		CanRate: ratable(inc, root), CanReopen: s.reopenable(inc, root), CanAdd: takes(inc, "resident_add"), CanEnd: takes(inc, "resident_withdraw")}
	l.Details = s.residentDetails(inc)
	if inc.Solved != nil {
		l.Rating = &Rating{*inc.Solved, inc.Satisfaction}
	}
	for after := int64(0); ; {
		entries, err := entriesOf(ctx, s.DB.Read(), inc.ID, after, 500)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			after = e.Seq
			if e.Visibility == Internal {
				continue
			}
			l.Steps = append(l.Steps, s.step(e))
			if e.Do == "report" || e.Do == "resident_add" {
				sounds, err := s.Sounds(ctx, []*Entry{e})
				if err != nil {
					return nil, err
				}
				l.Files = append(l.Files, seen(e.Files, sounds)...)
			}
			if e.Do == "report" {
				l.SameAs = e.word("same_number")
			}
		}
		if len(entries) < 500 {
			return l, s.shared(ctx, l, inc, root)
		}
	}
}

// told names the field of an entry whose words are meant for whoever reported.
var told = map[string]string{"answer": "answer", "close": "answer", "reject": "answer", "note": "text", "rate": "text",
	"resident_add": "text", "resident_withdraw": "reason", "resident_reopen": "reason"}

func (s *Service) step(e *Entry) Step {
	step := Step{At: e.At, Do: plainly(e.Do)}
	if e.Do == "resident_add" {
		step.Files = e.Files
	}
	var body map[string]any
	if json.Unmarshal(e.Body, &body) == nil {
		if text, ok := body[told[e.Do]].(string); ok {
			step.Text = seal.MaskFreeText(text)
		}
	}
	if unit, ok := body["unit_name"].(string); ok && e.Do == "dispatch" {
		step.Unit = unit
	} else if e.UnitID != "" {
		step.Unit = s.unitRef(e.UnitID).Name
	}
	return step
}

// plainly names a step as whoever reported knows it: how a unit comes to its reply is its own matter.
func plainly(do string) string {
	if do == "approve_reply" {
		return "handle"
	}
	return do
}

// ratable tells whether whoever reported may say what they think of it: the matter is closed, be it with another
// report of it, and they have not said it yet.
func ratable(i, root *Incident) bool { return root.State == Closed && i.Solved == nil }

// maxRating bounds the words of a rating, in characters.
const maxRating = 1000

// Rate records once what the reporter thinks of the outcome of a closed incident.
func (s *Service) Rate(ctx context.Context, code string, r Rating, text string) (*Letter, error) {
	return s.rate(ctx, code, r, text, false)
}

// RateAndReopen is like Rate for a matter that was not solved, and has it handled again. When reopenFor has passed since
// the close it is refused with "report.too_late" and nothing is recorded.
func (s *Service) RateAndReopen(ctx context.Context, code string, r Rating, text string) (*Letter, error) {
	return s.rate(ctx, code, r, text, true)
}

func (s *Service) rate(ctx context.Context, code string, r Rating, text string, reopen bool) (*Letter, error) {
	var f fault.Fields
	text = fault.CheckText(&f, "text", text, false, maxRating)
	switch {
	case r.Satisfaction < 1:
		f.Add("satisfaction", "field.too_small", "min", 1)
	case r.Satisfaction > 5:
		f.Add("satisfaction", "field.too_large", "max", 5)
	}
	if reopen && r.Solved {
		f.Add("reopen", "report.solved")
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	found, err := s.byCode(ctx, s.DB.Read(), code)
	if err != nil {
		return nil, err
	}
	var inc *Incident
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if inc, err = s.touch(ctx, tx, found.ID); err != nil {
			return err
		}
		root, err := s.root(ctx, tx, inc)
		if err != nil {
			return err
		}
		if !ratable(inc, root) {
			return fault.New(fault.Conflict, "report.not_ratable")
		}
		if reopen && !s.reopenable(inc, root) {
			return fault.New(fault.Conflict, "report.too_late")
		}
		at := s.Clock.Now().UnixMilli()
		c := &change{Service: s, actor: resident, inc: inc, at: at}
		c.begin("rate", "", flow.Given{"solved": r.Solved, "satisfaction": r.Satisfaction, "text": text}, nil)
		inc.Solved, inc.Satisfaction = &r.Solved, r.Satisfaction
		c.finish(string(inc.State))
		if err := c.write(ctx, tx); err != nil {
			return err
		}
		if reopen {
			next := &change{Service: s, actor: resident, inc: inc, at: at}
			if err := next.move("resident_reopen", flow.Given{"reason": text}); err != nil {
				return err
			}
			if err := next.write(ctx, tx); err != nil {
				return err
			}
		}
		return save(ctx, tx, inc)
	})
	if err != nil {
		return nil, err
	}
	s.wakeAll(inc)
	return s.Track(ctx, code)
}

// OpenReportFile opens a picture that belongs to the report of a tracking code.
func (s *Service) OpenReportFile(ctx context.Context, code, file string, small bool) (io.ReadSeekCloser, error) {
	letter, err := s.Track(ctx, code)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(letter.Files, file) {
		return nil, fault.Missing("file")
	}
	f, err := loadFile(ctx, s.DB.Read(), file)
	if err != nil {
		return nil, err
	}
	return s.openShown(ctx, f, small)
}
