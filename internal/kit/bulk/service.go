package bulk

import (
	"context"
	"io"
	"slices"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/sheet"
)

// kept is how long an import can be looked at after its last step.
const kept = 24 * time.Hour

// Check reads a file and looks at every row of it; nothing of the list changes. Refuses with what sheet.Read says.
func (d *Desk) Check(ctx context.Context, actor authz.Actor, kind, lang string, from io.Reader) (Job, error) {
	k, err := d.kind(actor, kind)
	if err != nil {
		return Job{}, err
	}
	t, err := sheet.Read(from, d.columnsIn(k, lang), "")
	if err != nil {
		return Job{}, err
	}
	outcomes, err := k.Check(ctx, actor, t)
	if err != nil {
		return Job{}, err
	}
	at := d.Clock.Now()
	job := Job{ID: id.New(at), Kind: k.Name, AccountID: actor.AccountID, AccountName: actor.Name, State: Checked, Total: len(t.Rows),
		Counts: count(outcomes), CreatedAt: at.UnixMilli(), head: head{t.Heads, t.At}}
	size := k.Chunk
	if size == 0 {
		size = max(len(t.Rows), 1)
	}
	var bodies []string
	for rest := range slices.Chunk(index(len(t.Rows)), size) {
		first, last := rest[0], rest[len(rest)-1]+1
		body, err := d.sealChunk(job.ID, chunk{t.Rows[first:last], outcomes[first:last]})
		if err != nil {
			return Job{}, err
		}
		bodies = append(bodies, body)
	}
	err = d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertJob(ctx, tx, job); err != nil {
			return err
		}
		for i, body := range bodies {
			if err := insertChunk(ctx, tx, job.ID, i, body); err != nil {
				return err
			}
		}
		return nil
	})
	return job, err
}

func index(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func (d *Desk) kind(actor authz.Actor, name string) (Kind, error) {
	k, ok := d.kinds[name]
	if !ok {
		return k, fault.Missing("import")
	}
	if !actor.Can(k.Need) {
		return k, fault.New(fault.Forbidden, "forbidden")
	}
	return k, nil
}

// Job returns an import of the actor's own; those of others are not there.
func (d *Desk) Job(ctx context.Context, actor authz.Actor, jobID string) (Job, error) {
	j, ok, err := readJob(ctx, d.DB.Read(), jobID)
	if err != nil {
		return Job{}, err
	}
	if !ok || j.AccountID != actor.AccountID {
		return Job{}, fault.Missing("import")
	}
	_, err = d.kind(actor, j.Kind)
	return j, err
}

// Start lets a checked import run. With whole it is refused while a row is wrong ("import.rows_wrong") or when there are
// too many rows for one transaction ("import.too_many_for_whole"). Starting twice is harmless.
func (d *Desk) Start(ctx context.Context, actor authz.Actor, jobID string, whole bool) (Job, error) {
	j, err := d.Job(ctx, actor, jobID)
	if err != nil || j.State != Checked {
		return j, err
	}
	switch {
	case whole && d.kinds[j.Kind].Single:
		return j, fault.New(fault.Conflict, "import.one_by_one")
	case whole && j.Counts.Refused > 0:
		return j, fault.New(fault.Conflict, "import.rows_wrong", "count", j.Counts.Refused)
	case whole && j.Total > maxWhole:
		return j, fault.New(fault.Conflict, "import.too_many_for_whole", "max", maxWhole)
	case j.Counts.Made+j.Counts.Changed == 0:
		return j, fault.New(fault.Conflict, "import.nothing_to_do")
	}
	at := d.Clock.Now()
	err = d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		started, err := startJob(ctx, tx, j.ID, whole, at.UnixMilli())
		if err != nil || !started {
			return err
		}
		return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: "import.start", Object: "list", ObjectID: j.Kind,
			Detail: detail(j, "rows", j.Total, "whole", whole)})
	})
	if err != nil {
		return j, err
	}
	select {
	case d.wake <- struct{}{}:
	default:
	}
	return d.Job(ctx, actor, jobID)
}

// Drop forgets an import that does not run.
func (d *Desk) Drop(ctx context.Context, actor authz.Actor, jobID string) error {
	j, err := d.Job(ctx, actor, jobID)
	if err != nil {
		return err
	}
	if j.State == Running {
		return fault.New(fault.Conflict, "import.running")
	}
	return d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteJob(ctx, tx, j.ID) })
}

// LineView is a row of a file with what becomes of it.
type LineView struct {
	No     int            `json:"no" doc:"as the file counts it, from 1"`
	Cells  []string       `json:"cells" nullable:"false" doc:"under heads"`
	Result Result         `json:"result" enum:"new,changed,same,error"`
	Cell   string         `json:"cell,omitempty" doc:"the cell that is wrong, e.g. C7"`
	Head   string         `json:"head,omitempty" doc:"its column"`
	Code   string         `json:"code,omitempty"`
	Params map[string]any `json:"params,omitempty"`
}

// Lines returns rows behind a number, at most limit, of one result or all; next is 0 at the end.
func (d *Desk) Lines(ctx context.Context, j Job, result Result, after, limit int) (lines []LineView, next int, err error) {
	bodies, err := readChunks(ctx, d.DB.Read(), j.ID, 0)
	if err != nil {
		return nil, 0, err
	}
	t := j.head.table(nil)
	for _, body := range bodies {
		c, err := d.openChunk(j.ID, body)
		if err != nil {
			return nil, 0, err
		}
		for i, r := range c.Rows {
			o := c.Outcomes[i]
			if r.No <= after || result != "" && o.Result != result {
				continue
			}
			if len(lines) == limit {
				return lines, lines[limit-1].No, nil
			}
			line := LineView{No: r.No, Cells: r.Cells, Result: o.Result, Code: o.Code, Params: o.Params}
			if o.Column != "" {
				line.Cell = t.Place(r.No, o.Column)
				if at, ok := t.At[o.Column]; ok {
					line.Head = t.Heads[at]
				}
			}
			lines = append(lines, line)
		}
	}
	return lines, 0, nil
}
