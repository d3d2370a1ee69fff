package notify

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"gezhi/internal/kit/fault"
)

// Header is one line that goes with every message of a sender.
type Header struct {
	Name  string `json:"name" maxLength:"60"`
	Value string `json:"value" maxLength:"500"`
}

// Config is a sender as people set it up.
type Config struct {
	ID       string
	Name     string
	Preset   string // sms, wecom, dingtalk, webhook: what it was made from
	Audience string // phone: one message a person; group: one for everybody there
	Method   string
	URL      string
	Headers  []Header
	Body     string
	Secret   string // sealed
	OKField  string // dotted path into a JSON answer; '' to go by the status alone
	OKValue  string
	Notices  []string
	Lang     string
	Active   bool
	Version  int64
}

// The audiences.
const (
	ToPhone = "phone"
	ToGroup = "group"
)

// Limits of what a sender may hold.
const (
	maxURL     = 1000
	maxBody    = 8000
	maxHeaders = 20
	maxSecret  = 1000
)

var (
	headerName = regexp.MustCompile(`^[A-Za-z0-9!#$%&'*+.^_|~-]+$`)
	fieldPath  = regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`)
	// keysInURL are names under which services take a secret; it belongs into the sealed field.
	keysInURL = []string{"key", "access_token", "token", "secret", "apikey", "api_key", "password", "sign"}
	// ownHeaders are made by the connection itself.
	ownHeaders = []string{"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"}
)

// check brings the texts into their kept form and notes everything that is wrong.
func (c *Config) check(f *fault.Fields, hasSecret bool) {
	c.Name = fault.CheckText(f, "name", c.Name, true, 40)
	if !slices.Contains(presetNames, c.Preset) {
		f.Add("preset", "field.choice")
	}
	if c.Audience != ToPhone && c.Audience != ToGroup {
		f.Add("audience", "field.choice")
	}
	if c.Method = strings.ToUpper(strings.TrimSpace(c.Method)); c.Method != "POST" && c.Method != "GET" && c.Method != "PUT" {
		f.Add("method", "field.choice")
	}
	if c.Lang != "zh-CN" && c.Lang != "en" {
		f.Add("lang", "field.choice")
	}
	c.checkURL(f)
	c.checkHeaders(f)
	c.Body = fault.CheckText(f, "body", c.Body, false, maxBody)
	checkNames(f, "body", c.Body)
	c.OKField = fault.CheckText(f, "ok_field", c.OKField, false, 100)
	if c.OKField != "" && !fieldPath.MatchString(c.OKField) {
		f.Add("ok_field", "field.pattern")
	}
	c.OKValue = fault.CheckText(f, "ok_value", c.OKValue, c.OKField != "", 100)
	c.checkNotices(f)
	if uses := c.usesSecret(); uses && !hasSecret {
		f.Add("secret", "field.required")
	}
	if c.Audience == ToPhone && !strings.Contains(c.URL+c.Body, "{to}") {
		f.Add("body", "notify.needs_to", "to", "{to}")
	}
}

func (c *Config) checkURL(f *fault.Fields) {
	c.URL = fault.CheckText(f, "url", c.URL, true, maxURL)
	if c.URL == "" {
		return
	}
	checkNames(f, "url", c.URL)
	u, err := url.Parse(sampled(c.URL))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(c.URL, "\r\n\t "):
		f.Add("url", "notify.url")
		return
	case u.User != nil:
		f.Add("url", "notify.secret_in_url", "secret", "{secret}")
		return
	}
	// The address of a server must not depend on what is sent.
	if host, _, _ := strings.Cut(strings.SplitN(c.URL, "://", 2)[1], "/"); strings.ContainsAny(host, "{}") {
		f.Add("url", "notify.url")
		return
	}
	for name, values := range u.Query() {
		for _, v := range values {
			if slices.Contains(keysInURL, strings.ToLower(name)) && v != "" && v != sample {
				f.Add("url", "notify.secret_in_url", "secret", "{secret}")
				return
			}
		}
	}
}

func (c *Config) checkHeaders(f *fault.Fields) {
	if len(c.Headers) > maxHeaders {
		f.Add("headers", "field.too_many", "max", maxHeaders)
	}
	for _, h := range c.Headers {
		if !headerName.MatchString(h.Name) || strings.ContainsAny(h.Value, "\r\n\x00") || slices.Contains(ownHeaders, strings.ToLower(h.Name)) || len(h.Value) > 500 || len(h.Name) > 60 {
			f.Add("headers", "notify.header")
			return
		}
		checkNames(f, "headers", h.Value)
	}
	if c.Headers == nil {
		c.Headers = []Header{}
	}
}

func (c *Config) checkNotices(f *fault.Fields) {
	list := []string{}
	for _, n := range Notices { // in one order, each once
		if slices.Contains(c.Notices, n) {
			list = append(list, n)
		}
	}
	for _, n := range c.Notices {
		switch {
		case !slices.Contains(Notices, n):
			f.Add("notices", "field.choice")
			return
		case toResident(n) && c.Audience == ToGroup:
			f.Add("notices", "notify.group_resident")
			return
		}
	}
	c.Notices = list
}

func (c *Config) usesSecret() bool {
	text := c.URL + c.Body
	for _, h := range c.Headers {
		text += h.Value
	}
	return strings.Contains(text, "{secret}") || strings.Contains(text, "{sign}")
}

// carries tells whether a notice goes through the sender.
func (c *Config) carries(notice string) bool { return c.Active && slices.Contains(c.Notices, notice) }

// secretPlace is the place to which a sender's sealed secret is bound.
func secretPlace(id string) string { return "senders." + id + ".secret" }
