package incidenttest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
)

// Server answers requests in memory. A person's token is their login; the client's address is the one that a request
// names, so that every test has addresses of its own.
type Server struct {
	API     *web.API
	handler http.Handler
	t       testing.TB
}

// Serve returns a server over the office with all routes of incidents.
func (o *Office) Serve() *Server {
	signIn := func(_ context.Context, token string) (authz.Actor, bool, error) {
		for _, login := range o.People.Logins() {
			if login == token {
				return o.Actor(login), true, nil
			}
		}
		return authz.Actor{}, false, nil
	}
	api := web.New("test", o.Clock, signIn, web.Answers{DB: o.DB})
	gate := web.NewGate(o.Clock, []byte("gate"), nil)
	incident.Routes(api, o.Service)
	incident.PublicRoutes(api, o.Service, gate)
	web.GateRoutes(api, gate)
	return &Server{API: api, handler: api.Handler(true, nil), t: o.t}
}

// Call is one request.
type Call struct {
	By     string // login; "" for a stranger
	From   string // client address
	Method string
	Path   string
	Body   any // string and []byte are sent as they are, anything else as JSON
	Key    string
	Header map[string]string
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	t      testing.TB
}

// Do sends a request.
func (s *Server) Do(c Call) *Answer {
	s.t.Helper()
	var body io.Reader = http.NoBody
	switch b := c.Body.(type) {
	case nil:
	case string:
		body = strings.NewReader(b)
	case []byte:
		body = bytes.NewReader(b)
	case io.Reader:
		body = b
	default:
		raw, err := json.Marshal(b)
		require.NoError(s.t, err)
		body = bytes.NewReader(raw)
	}
	r := httptest.NewRequest(c.Method, c.Path, body)
	if c.Body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.By != "" {
		r.Header.Set("Authorization", "Bearer "+c.By)
	}
	if c.From != "" {
		r.Header.Set("X-Forwarded-For", c.From)
	}
	if c.Key != "" {
		r.Header.Set("Idempotency-Key", c.Key)
	}
	for k, v := range c.Header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return &Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes(), t: s.t}
}

// Get asks for a path.
func (s *Server) Get(by, path string) *Answer {
	s.t.Helper()
	return s.Do(Call{By: by, Method: http.MethodGet, Path: path})
}

// Post sends a body to a path.
func (s *Server) Post(by, path string, body any) *Answer {
	s.t.Helper()
	return s.Do(Call{By: by, Method: http.MethodPost, Path: path, Body: body})
}

// Upload sends a file under a name. cut, if not 0, leaves out that many bytes at the end of the request.
func (s *Server) Upload(by, path, name string, content []byte, cut int) *Answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name)
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + quoted + `"`}, "Content-Type": {"image/jpeg"}})
	require.NoError(s.t, err)
	_, err = part.Write(content)
	require.NoError(s.t, err)
	require.NoError(s.t, w.Close())
	raw := b.Bytes()
	return s.Do(Call{By: by, Method: http.MethodPost, Path: path, Body: raw[:len(raw)-cut], Header: map[string]string{"Content-Type": w.FormDataContentType()}})
}

// JSON reads the body into v.
func (a *Answer) JSON(v any) {
	a.t.Helper()
	require.NoError(a.t, json.Unmarshal(a.Body, v), "%s", a.Body)
}

// Problem returns the body of an error, with the stable code and what is wrong with each field as "field code".
func (a *Answer) Problem() (code string, fields []string) {
	a.t.Helper()
	require.Equal(a.t, "application/problem+json", a.Header.Get("Content-Type"), "%d %s", a.Status, a.Body)
	var p web.Problem
	a.JSON(&p)
	require.Equal(a.t, a.Status, p.Status)
	for _, f := range p.Errors {
		fields = append(fields, f.Field+" "+f.Code)
	}
	return p.Code, fields
}
