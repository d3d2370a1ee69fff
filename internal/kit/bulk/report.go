package bulk

import (
	"bytes"
	"context"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
)

// Template returns an empty table to fill in, with an example row and a sheet that explains the columns.
func (d *Desk) Template(actor authz.Actor, kind, lang string) (*bytes.Buffer, error) {
	k, err := d.kind(actor, kind)
	if err != nil {
		return nil, err
	}
	say := words.Speaker{Lang: lang, Catalog: d.Words}
	columns := d.columnsIn(k, lang)
	w, err := sheet.NewWriter(asTyped(columns), sheet.Style{Name: say.Say("import." + k.Name + ".sheet")})
	if err != nil {
		return nil, err
	}
	example := make([]any, len(columns))
	for i, c := range columns {
		example[i] = c.Example
	}
	if err := w.Row(example...); err != nil {
		return nil, err
	}
	heads := [3]string{say.Say("import.explain.column"), say.Say("import.explain.required"), say.Say("import.explain.about")}
	if err := w.Explain(say.Say("import.explain.sheet"), heads, say.Say("lists.yes"), say.Say("lists.no")); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	return &out, w.Finish(&out)
}

// asTyped makes all columns text, so that what is typed or was typed stays as it is; required ones carry a star.
func asTyped(columns []sheet.Column) []sheet.Column {
	out := make([]sheet.Column, len(columns))
	for i, c := range columns {
		if c.Required {
			c.Head += " *"
		}
		c.Kind = sheet.Text
		out[i] = c
	}
	return out
}

// Report returns the rows of the file with what became of each. Once an import is done the first report also holds the
// first passwords; they are forgotten with it.
func (d *Desk) Report(ctx context.Context, actor authz.Actor, j Job, lang string) (*bytes.Buffer, error) {
	say := words.Speaker{Lang: lang, Catalog: d.Words}
	bodies, err := readChunks(ctx, d.DB.Read(), j.ID, 0)
	if err != nil {
		return nil, err
	}
	chunks := make([]chunk, len(bodies))
	for i, body := range bodies {
		if chunks[i], err = d.openChunk(j.ID, body); err != nil {
			return nil, err
		}
	}
	secrets, err := d.takeSecrets(ctx, actor, j, chunks)
	if err != nil {
		return nil, err
	}
	columns := []sheet.Column{{Head: say.Say("import.report.row"), Kind: sheet.Number}}
	for _, h := range j.head.Heads {
		columns = append(columns, sheet.Column{Head: h})
	}
	columns = append(columns, sheet.Column{Head: say.Say("import.report.result"), Width: 10}, sheet.Column{Head: say.Say("import.report.reason"), Width: 50})
	if secrets {
		columns = append(columns, sheet.Column{Head: say.Say("import.report.secret"), Width: 22})
	}
	w, err := sheet.NewWriter(columns, sheet.Style{Name: say.Say("import.report.sheet")})
	if err != nil {
		return nil, err
	}
	t := j.head.table(nil)
	for _, c := range chunks {
		for i, r := range c.Rows {
			if err := w.Row(line(say, t, j, r, c.Outcomes[i], secrets)...); err != nil {
				w.Close()
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	return &out, w.Finish(&out)
}

func line(say words.Speaker, t *sheet.Table, j Job, r sheet.Row, o Outcome, secrets bool) []any {
	out := []any{r.No}
	for i := range t.Heads {
		cell := ""
		if i < len(r.Cells) {
			cell = r.Cells[i]
		}
		out = append(out, cell)
	}
	stage := "done"
	if j.State == Checked {
		stage = "check"
	}
	out = append(out, say.Say("import.result."+stage+"."+string(o.Result)), reason(say, t, r, o))
	if secrets {
		out = append(out, o.Secret)
	}
	return out
}

// reason says in a sentence what is wrong, with the cell in front.
func reason(say words.Speaker, t *sheet.Table, r sheet.Row, o Outcome) string {
	if o.Code == "" {
		return ""
	}
	text := say.Catalog.Say(say.Lang, "errors."+o.Code, o.Params)
	if text == "" {
		text = o.Code
	}
	if cell := t.Place(r.No, o.Column); cell != "" {
		return cell + " " + text
	}
	return text
}

// takeSecrets tells whether this report may hold the first passwords, and removes them from the store in that case. The
// chunks in memory keep them when it may, and lose them when it may not.
func (d *Desk) takeSecrets(ctx context.Context, actor authz.Actor, j Job, chunks []chunk) (bool, error) {
	any := false
	for _, c := range chunks {
		for _, o := range c.Outcomes {
			any = any || o.Secret != ""
		}
	}
	if !any || j.State != Done || j.Reported {
		return false, nil
	}
	at := d.Clock.Now()
	var first bool
	err := d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if first, err = markReported(ctx, tx, j.ID, at.UnixMilli()); err != nil || !first {
			return err
		}
		for seq, c := range chunks {
			bare := make([]Outcome, len(c.Outcomes))
			for i, o := range c.Outcomes {
				o.Secret = ""
				bare[i] = o
			}
			body, err := d.sealChunk(j.ID, chunk{c.Rows, bare})
			if err != nil {
				return err
			}
			if err := replaceChunk(ctx, tx, j.ID, seq, body); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: "import.report", Object: "list", ObjectID: j.Kind, Detail: detail(j)})
	})
	return first, err
}
