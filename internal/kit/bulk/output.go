package bulk

import (
	"context"
	"errors"
	"io"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// OutState is where taking out a list stands.
type OutState string

// The states.
const (
	OutWaiting   OutState = "waiting"
	OutRunning   OutState = "running"
	OutDone      OutState = "done"
	OutFailed    OutState = "failed"
	OutCancelled OutState = "cancelled"
)

// The bounds of what is taken out in the background.
const (
	maxOpen = 3         // of one person at once
	maxOut  = 512 << 20 // bytes of a file
)

// Output is a list on its way out in the background.
type Output struct {
	ID, List, Lang string
	Format         format
	AccountID      string
	AccountName    string
	State          OutState
	Written        int  // rows so far
	Expected       int  // rows that it will have, as counted when it began; 0 where that is not known
	Cut            bool // there was more than a table holds
	File           string
	Size           int64
	Fault          string
	CreatedAt      int64
	UpdatedAt      int64
	query          string // sealed
}

// output is a list that can be taken out in the background.
type output struct {
	list List
	open func(query []byte) (fill, error)
}

func (d *Desk) takesOut(l List, open func(query []byte) (fill, error)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.outs[l.Name] = output{l, open}
}

func (d *Desk) outOf(list string) (output, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.outs[list]
	return o, ok
}

func placeOfQuery(outID string) string { return "export " + outID }

// begin lets a list be taken out in the background. Refused with "export.too_many" while several of the same person run.
func (d *Desk) begin(ctx context.Context, actor authz.Actor, l List, f format, lang string, query []byte) (Output, error) {
	at := d.Clock.Now()
	o := Output{ID: id.New(at), List: l.Name, Lang: lang, Format: f, AccountID: actor.AccountID, AccountName: actor.Name, State: OutWaiting, CreatedAt: at.UnixMilli(), UpdatedAt: at.UnixMilli()}
	var err error
	if o.query, err = d.Seal.Seal(string(query), placeOfQuery(o.ID)); err != nil {
		return o, err
	}
	err = d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		open, err := openOuts(ctx, tx, actor.AccountID)
		if err != nil {
			return err
		}
		if open >= maxOpen {
			return fault.New(fault.Conflict, "export.too_many", "max", maxOpen)
		}
		return insertOut(ctx, tx, o)
	})
	if err == nil {
		select {
		case d.outWake <- struct{}{}:
		default:
		}
	}
	return o, err
}

// Outputs returns what a person took out in the last day, newest first.
func (d *Desk) Outputs(ctx context.Context, actor authz.Actor) ([]Output, error) {
	return readOuts(ctx, d.DB.Read(), actor.AccountID)
}

// Output returns one of the actor's own; those of others are not there.
func (d *Desk) Output(ctx context.Context, actor authz.Actor, outID string) (Output, error) {
	o, ok, err := readOut(ctx, d.DB.Read(), outID)
	if err == nil && (!ok || o.AccountID != actor.AccountID) {
		err = fault.Missing("export")
	}
	return o, err
}

// DropOutput stops what still runs and removes what is done.
func (d *Desk) DropOutput(ctx context.Context, actor authz.Actor, outID string) error {
	o, err := d.Output(ctx, actor, outID)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		stopped, err := stopOut(ctx, tx, o.ID, d.Clock.Now().UnixMilli())
		if err != nil || stopped {
			return err
		}
		return deleteOut(ctx, tx, o.ID)
	})
}

// OpenOutput returns the file of what is done, to whoever took it out and may still see the list.
func (d *Desk) OpenOutput(ctx context.Context, actor authz.Actor, outID string) (Output, io.ReadSeekCloser, error) {
	o, err := d.Output(ctx, actor, outID)
	if err != nil {
		return o, nil, err
	}
	from, known := d.outOf(o.List)
	if !known || !from.list.Access.Admits(actor) {
		return o, nil, fault.New(fault.Forbidden, "forbidden")
	}
	if o.State != OutDone {
		return o, nil, fault.New(fault.Conflict, "export.not_done")
	}
	content, err := d.Files.Open(ctx, o.File)
	if errors.Is(err, blob.ErrNotFound) {
		err = fault.Missing("export")
	}
	return o, content, err
}

// keptOut is how long a file can be fetched.
const keptOut = 24 * time.Hour
