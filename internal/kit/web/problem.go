package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// Problem is the body of every error (RFC 9457).
type Problem struct {
	Type      string         `json:"type" doc:"urn:gezhi:error:<code>"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code" doc:"stable dotted code, also the translation key"`
	Detail    string         `json:"detail,omitempty"`
	Params    map[string]any `json:"params,omitempty"`
	Errors    []fault.Field  `json:"errors,omitempty" doc:"all fields that are wrong"`
	Current   any            `json:"current,omitempty" doc:"with 409: the item as it is now"`
	RequestID string         `json:"request_id,omitempty"`
}

// Error returns the code.
func (p *Problem) Error() string { return p.Code }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes the answer application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders says with 429 after how many seconds to come back.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if seconds, ok := p.Params["seconds"].(int); ok && p.Status == http.StatusTooManyRequests {
		h.Set("Retry-After", strconv.Itoa(seconds))
	}
	return h
}

var statusOf = map[fault.Kind]int{
	fault.Internal: 500, fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404,
	fault.Conflict: 409, fault.TooLarge: 413, fault.TooMany: 429, fault.Unavailable: 503, fault.Challenge: 428,
}

// problemOf turns any error into a problem. What is not a fault is logged and hidden.
func problemOf(ctx context.Context, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	f, ok := fault.As(err)
	switch {
	case ok && f.Kind != fault.Internal:
	case errors.Is(err, db.ErrUnknown):
		f = fault.New(fault.Unavailable, "store.unknown")
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		f = fault.New(fault.Unavailable, "store.busy")
	default:
		slog.Error("request failed", "request_id", RequestID(ctx), "error", err)
		f = fault.New(fault.Internal, "internal")
	}
	p = newProblem(statusOf[f.Kind], f.Code)
	p.Params, p.Errors, p.Current, p.RequestID = f.Params, f.Fields, f.Current, RequestID(ctx)
	return p
}

func newProblem(status int, code string) *Problem {
	return &Problem{Type: "urn:gezhi:error:" + code, Title: http.StatusText(status), Status: status, Code: code}
}

// writeProblem answers outside a handler.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(r.Context(), err)
	w.Header().Set("Content-Type", "application/problem+json")
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// WriteProblem answers a request outside the API's own routes with an error.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) { writeProblem(w, r, err) }

var codesOnce sync.Once

// useCodes makes huma speak in our codes: "code" or "code|value".
func useCodes() {
	codesOnce.Do(func() {
		validation.MsgUnexpectedProperty = "field.unknown"
		validation.MsgExpectedRequiredProperty = "field.required|%s"
		validation.MsgExpectedDependentRequiredProperty = "field.required|%s %s"
		validation.MsgExpectedOneOf = "field.choice|%s"
		validation.MsgExpectedMinimumNumber = "field.too_small|%v"
		validation.MsgExpectedExclusiveMinimumNumber = "field.too_small|%v"
		validation.MsgExpectedMaximumNumber = "field.too_large|%v"
		validation.MsgExpectedExclusiveMaximumNumber = "field.too_large|%v"
		validation.MsgExpectedMinLength = "field.too_short|%d"
		validation.MsgExpectedMaxLength = "field.too_long|%d"
		validation.MsgExpectedMinItems = "field.too_few|%d"
		validation.MsgExpectedMaxItems = "field.too_many|%d"
		validation.MsgExpectedBoolean = "field.type|boolean"
		validation.MsgExpectedNumber = "field.type|number"
		validation.MsgExpectedInteger = "field.type|integer"
		validation.MsgExpectedString = "field.type|string"
		validation.MsgExpectedArray = "field.type|array"
		validation.MsgExpectedObject = "field.type|object"
		validation.MsgExpectedBePattern = "field.pattern|%s"
		validation.MsgExpectedMatchPattern = "field.pattern|%s"
		huma.NewError = codedError
		huma.NewErrorWithContext = func(hc huma.Context, status int, msg string, errs ...error) huma.StatusError {
			e := codedError(status, msg, errs...)
			if p, ok := e.(*Problem); ok && hc != nil {
				p.RequestID = RequestID(hc.Context())
			}
			return e
		}
	})
}

var codeOfStatus = map[int]string{
	400: "request.malformed", 404: "not_found", 405: "request.method", 406: "request.accept", 408: "request.timeout",
	413: "request.too_large", 415: "request.content_type", 422: "invalid",
}

// codedError gives huma's own refusals the form of ours.
func codedError(status int, msg string, errs ...error) huma.StatusError {
	code := codeOfStatus[status]
	if code == "" {
		code = "internal"
	}
	p := newProblem(status, code)
	for _, err := range errs {
		var d *huma.ErrorDetail
		var f *fault.Error
		switch {
		case errors.As(err, &f):
			p = newProblem(statusOf[f.Kind], f.Code)
			p.Errors = f.Fields
		case errors.As(err, &d) && d.Message == notUTF8:
			p = newProblem(status, notUTF8)
		case errors.As(err, &d):
			p.Errors = append(p.Errors, fieldOf(d))
		}
	}
	if status == 400 && strings.Contains(msg, "body is required") {
		p.Code = "request.body_required"
	}
	return p
}

// limitNames are the parameters that the sentences of some codes ask for.
var limitNames = map[string]string{
	"field.too_small": "min", "field.too_large": "max", "field.too_short": "min", "field.too_long": "max",
	"field.too_few": "min", "field.too_many": "max", "field.type": "type", "field.choice": "choices", "field.pattern": "pattern",
}

func fieldOf(d *huma.ErrorDetail) fault.Field {
	code, value, _ := strings.Cut(d.Message, "|")
	field := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(d.Location, "query."), "body"), ".")
	if code == "field.required" {
		field = strings.TrimPrefix(field+"."+value, ".")
		return fault.Field{Field: field, Code: code}
	}
	if strings.HasSuffix(code, " parameter is missing") {
		return fault.Field{Field: field, Code: "field.required"}
	}
	if !strings.HasPrefix(code, "field.") {
		code, value = "field.invalid", ""
	}
	f := fault.Field{Field: field, Code: code}
	if name := limitNames[code]; name != "" {
		f.Params = map[string]any{name: value}
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			f.Params[name] = n
		}
	}
	return f
}
