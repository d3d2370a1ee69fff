// Package bulk moves whole lists: out as xlsx or CSV with the filters and the scope of the screen, and in from xlsx with a
// look at every row before anything is written, in steps that go on after a restart, and a report row by row.
package bulk

import (
	"context"
	"sync"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
)

// Sealer encrypts for the place that a text belongs to. seal.Keys satisfies it.
type Sealer interface {
	Seal(plain, place string) (string, error)
	Open(sealed, place string) (string, error)
}

// Deps is what a Desk works with.
type Deps struct {
	DB    *db.DB
	Clock now.Clock
	Seal  Sealer
	Audit *audit.Log
	Words *words.Catalog
	// Actor returns somebody as they may act at this moment; ok is false for whoever may not act at all any more.
	Actor func(ctx context.Context, accountID string) (actor authz.Actor, ok bool, err error)
	// Files keeps what is taken out in the background. Without it nothing is.
	Files blob.Store
}

// Desk takes lists in and hands them out.
type Desk struct {
	Deps
	kinds map[string]Kind
	wake  chan struct{}

	outWake chan struct{}
	mu      sync.Mutex
	outs    map[string]output // lists that can be taken out, by name
}

// New returns a desk that knows no list yet.
func New(deps Deps) *Desk {
	return &Desk{Deps: deps, kinds: map[string]Kind{}, wake: make(chan struct{}, 1), outWake: make(chan struct{}, 1), outs: map[string]output{}}
}

// Result says what becomes of a row.
type Result string

// The results.
const (
	Made    Result = "new"
	Changed Result = "changed"
	Same    Result = "same"
	Refused Result = "error"
)

// Outcome is what becomes of one row.
type Outcome struct {
	Result Result         `json:"result"`
	Column string         `json:"column,omitempty"` // key of the column that is wrong
	Code   string         `json:"code,omitempty"`   // why, a key under errors
	Params map[string]any `json:"params,omitempty"`
	Secret string         `json:"secret,omitempty"` // a first password, only in the report and only once
}

// Wrong is the outcome of a row with something wrong in a column; params are alternating names and values.
func Wrong(column, code string, params ...any) Outcome {
	o := Outcome{Result: Refused, Column: column, Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if o.Params == nil {
			o.Params = map[string]any{}
		}
		name, _ := params[i].(string)
		o.Params[name] = params[i+1]
	}
	return o
}

// Kept is called by Kind.Write inside its transaction with the outcomes, so that the rows and their report are written
// together or not at all.
type Kept func(ctx context.Context, tx db.Tx, outcomes []Outcome) error

// Kind is a list that can be brought in.
type Kind struct {
	Name    string // of the list
	Path    string // part of the address, /api/v1/<path>/import; '' for the name
	Need    authz.Permission
	Columns []sheet.Column // heads and hints come from the catalog: import.<name>.<key>.head, .hint and .example
	// Chunk is how many rows one transaction writes; 0: all of them.
	Chunk int
	// Single says that rows are written one by one, so that all or nothing is not possible.
	Single bool
	// Check says what would become of each row. It writes nothing.
	Check func(ctx context.Context, actor authz.Actor, t *sheet.Table) ([]Outcome, error)
	// Write brings rows in, in one transaction, and calls kept in it. Rows that are wrong are left out; writing the same
	// rows again changes nothing. With whole, one wrong row refuses all of them.
	Write func(ctx context.Context, actor authz.Actor, t *sheet.Table, whole bool, kept Kept) error
}

// Add makes a list one that can be brought in. All are added before the routes are.
func (d *Desk) Add(k Kind) {
	if k.Path == "" {
		k.Path = k.Name
	}
	d.kinds[k.Name] = k
}

// maxWhole bounds what "all or nothing" may bring in: one transaction in which everybody else waits.
const maxWhole = 5_000

// columnsIn returns the columns of a list with their words in the reader's language; they are found under the words of
// the other language too.
func (d *Desk) columnsIn(k Kind, lang string) []sheet.Column {
	out := make([]sheet.Column, len(k.Columns))
	for i, c := range k.Columns {
		key := "import." + k.Name + "." + c.Key
		c.Head = d.Words.Say(lang, key+".head", nil)
		c.Hint = d.Words.Say(lang, key+".hint", nil)
		c.Example = d.Words.Say(lang, key+".example", nil)
		for _, other := range []string{"zh-CN", "en"} {
			c.Also = append(c.Also, d.Words.Say(other, key+".head", nil))
		}
		out[i] = c
	}
	return out
}
