package notify

// SenderView is a sender as administrators see it. The secret is never shown, only whether there is one.
type SenderView struct {
	ID        string     `json:"id"`
	Version   int64      `json:"version"`
	HasSecret bool       `json:"has_secret"`
	Health    HealthView `json:"health"`
	Waiting   int64      `json:"waiting" doc:"messages that wait"`
	Dead      int64      `json:"dead" doc:"messages that were given up"`
	Fields
}

// HealthView is how a sender did lately. Times are unix ms, missing for never.
type HealthView struct {
	Failures  int64  `json:"failures" doc:"in a row"`
	RestUntil int64  `json:"rest_until,omitempty" doc:"nothing is sent before"`
	OKAt      int64  `json:"ok_at,omitempty"`
	FailedAt  int64  `json:"failed_at,omitempty"`
	Error     string `json:"error,omitempty" doc:"of the last failure, a key under notify.failed"`
}

// Fields are what a person may set of a sender.
type Fields struct {
	Name     string   `json:"name"`
	Preset   string   `json:"preset" enum:"sms,wecom,dingtalk,webhook"`
	Audience string   `json:"audience" enum:"phone,group"`
	Method   string   `json:"method" enum:"POST,PUT,GET"`
	URL      string   `json:"url"`
	Headers  []Header `json:"headers" nullable:"false"`
	Body     string   `json:"body"`
	OKField  string   `json:"ok_field" doc:"dotted path into a JSON answer; empty to go by the status alone"`
	OKValue  string   `json:"ok_value"`
	Notices  []string `json:"notices" nullable:"false"`
	Lang     string   `json:"lang" enum:"zh-CN,en"`
	Active   bool     `json:"active"`
}

func (f Fields) config() Config {
	return Config{Name: f.Name, Preset: f.Preset, Audience: f.Audience, Method: f.Method, URL: f.URL, Headers: f.Headers, Body: f.Body,
		OKField: f.OKField, OKValue: f.OKValue, Notices: f.Notices, Lang: f.Lang, Active: f.Active}
}

func fieldsOf(c Config) Fields {
	f := Fields{Name: c.Name, Preset: c.Preset, Audience: c.Audience, Method: c.Method, URL: c.URL, Headers: c.Headers, Body: c.Body,
		OKField: c.OKField, OKValue: c.OKValue, Notices: c.Notices, Lang: c.Lang, Active: c.Active}
	if f.Headers == nil {
		f.Headers = []Header{}
	}
	if f.Notices == nil {
		f.Notices = []string{}
	}
	return f
}

func viewOf(c Config, h Health, waiting, dead int64) SenderView {
	v := SenderView{ID: c.ID, Version: c.Version, HasSecret: c.Secret != "", Waiting: waiting, Dead: dead, Fields: fieldsOf(c)}
	v.Health = HealthView{Failures: h.Failures, OKAt: h.OKAt, FailedAt: h.FailedAt, Error: h.Error}
	if h.Failures >= breakAfter {
		v.Health.RestUntil = h.OpenUntil
	}
	return v
}

// MessageView is a message as administrators see it: which matter, through what, to what sort of recipient, and never an
// address.
type MessageView struct {
	ID       string `json:"id"`
	Notice   string `json:"notice"`
	Sender   string `json:"sender"`
	Incident string `json:"incident"`
	Number   string `json:"number"`
	ToKind   string `json:"to_kind" enum:"account,reporter,group"`
	ToName   string `json:"to_name,omitempty" doc:"of a colleague"`
	State    State  `json:"state" enum:"waiting,sent,dead,dropped"`
	Attempts int64  `json:"attempts"`
	At       int64  `json:"at" doc:"of what happened, unix ms"`
	NextAt   int64  `json:"next_at,omitempty"`
	EndedAt  int64  `json:"ended_at,omitempty"`
	Error    string `json:"error,omitempty" doc:"a key under notify.failed"`
	Status   int64  `json:"status,omitempty" doc:"of the last answer"`
}

func (s *Service) messageView(m Kept) MessageView {
	v := MessageView{ID: m.ID, Notice: m.Notice, Sender: m.Sender, Incident: m.Incident, Number: m.Number, ToKind: m.ToKind, State: m.State, Attempts: m.Attempts,
		At: m.At, EndedAt: m.EndedAt, Error: m.Error, Status: m.Status}
	if m.ToID != "" {
		v.ToName = s.People.Name(m.ToID)
	}
	if m.State == Waiting {
		v.NextAt = m.NextAt
	}
	return v
}
