// Package fault is the one error type that a person gets to see. A fault has a stable dotted code, which is also the
// key of its translation, and a kind, which decides the HTTP status.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of trouble it is.
type Kind int

// The kinds, each with the HTTP status it becomes.
const (
	Internal        Kind = iota // 500: our mistake; never shown in detail
	Invalid                     // 422: the input does not hold
	Unauthenticated             // 401: nobody is signed in
	Forbidden                   // 403: signed in, but may not
	NotFound                    // 404: not there, or outside the scope
	Conflict                    // 409: somebody else was first, or the state does not allow it
	TooLarge                    // 413
	TooMany                     // 429: slow down
	Unavailable                 // 503: try again
	Challenge                   // 428: prove that a person is asking
)

// Field is one thing wrong with the input.
type Field struct {
	Field  string         `json:"field" doc:"path of the field, e.g. reporter.phone"`
	Code   string         `json:"code" doc:"stable code, translation key errors.<code>"`
	Params map[string]any `json:"params,omitempty"`
}

// Error is a fault.
type Error struct {
	Kind    Kind
	Code    string         // stable and dotted, e.g. "incident.stale"
	Params  map[string]any // values for the translated sentence; never personal data
	Fields  []Field        // all field errors at once
	Current any            // with Conflict: the item as it is now
	Err     error          // the cause, for the log only
}

// Error returns the code, the fields and the cause, for logs and tests.
func (e *Error) Error() string {
	s := e.Code
	for _, f := range e.Fields {
		s += fmt.Sprintf(" [%s %s]", f.Field, f.Code)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New returns a fault; params are alternating names and values.
func New(kind Kind, code string, params ...any) *Error {
	return &Error{Kind: kind, Code: code, Params: pairs(params)}
}

// Wrap returns a fault with its cause.
func Wrap(err error, kind Kind, code string, params ...any) *Error {
	return &Error{Kind: kind, Code: code, Params: pairs(params), Err: err}
}

// As finds the fault in an error's chain.
func As(err error) (*Error, bool) {
	var f *Error
	ok := errors.As(err, &f)
	return f, ok
}

// Is tells whether err is a fault with this code.
func Is(err error, code string) bool {
	f, ok := As(err)
	return ok && f.Code == code
}

// Missing is the answer for an id that does not exist or that the actor may not know of.
func Missing(what string) *Error { return New(NotFound, "not_found", "what", what) }

// Fields collects everything that is wrong with an input before refusing it.
type Fields []Field

// Add notes a fault of one field; params are alternating names and values.
func (f *Fields) Add(field, code string, params ...any) {
	*f = append(*f, Field{Field: field, Code: code, Params: pairs(params)})
}

// Err returns an Invalid fault with all the fields, or nil when there are none.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "invalid", Fields: f}
}

func pairs(kv []any) map[string]any {
	if len(kv) == 0 {
		return nil
	}
	m := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		m[fmt.Sprint(kv[i])] = kv[i+1]
	}
	return m
}
