package incident

import (
	"context"
	"maps"
	"slices"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/outbox"
)

// Write stores lives in one transaction together with what also does. Their events go to the feed like all others, and
// whoever follows it learns of them.
func (l *Ledger) Write(ctx context.Context, lives []*Life, also func(ctx context.Context, tx db.Tx) error) error {
	err := l.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertLives(ctx, tx, lives); err != nil {
			return err
		}
		var events []outbox.Row
		for _, life := range lives {
			events = append(events, life.events...)
		}
		if err := outbox.PutAll(ctx, tx, events); err != nil {
			return err
		}
		return also(ctx, tx)
	})
	l.Wake()
	return err
}

// WritePast stores lives in one transaction together with what also does, and past the feed: they lie below its
// horizon, as if it had been purged since. What the service's own consumers would have made of their events (the text
// index, the figures, the anchor) is written with them, so that the store is as whole as any. Should a consumer sign
// an anchor at the same moment, the error is one for which db.IsDuplicate holds: write again.
func (l *Ledger) WritePast(ctx context.Context, lives []*Life, also func(ctx context.Context, tx db.Tx) error) error {
	return l.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertLives(ctx, tx, lives); err != nil {
			return err
		}
		if err := l.followed(ctx, tx, lives); err != nil {
			return err
		}
		return also(ctx, tx)
	})
}

// followed writes what consumers of the feed make of new incidents.
func (l *Ledger) followed(ctx context.Context, tx db.Tx, lives []*Life) error {
	heads := make(map[string]Head, len(lives))
	moved := map[[2]string]int64{}
	var figures []counted
	var texts []db.Text
	for _, life := range lives {
		i := life.Incident
		heads[i.ID] = Head{Incident: i.ID, Seq: i.EntrySeq, Hash: i.EntryHash}
		figures = append(figures, counted{i.ID, i.StreetID(), string(i.State), i.EntrySeq})
		moved[[2]string{i.StreetID(), string(i.State)}]++
		texts = append(texts, db.Text{ID: i.ID, Text: i.Title + " " + i.Text + " " + i.Address + " " + i.Details.words()})
	}
	if err := l.DB.IndexTexts(ctx, tx, texts); err != nil {
		return err
	}
	if err := saveCounted(ctx, tx, figures); err != nil {
		return err
	}
	if err := moveCounters(ctx, tx, moved); err != nil {
		return err
	}
	if l.Counted != nil {
		if err := l.Counted(ctx, tx, slices.Sorted(maps.Keys(heads))); err != nil {
			return err
		}
	}
	last, err := lastAnchor(ctx, tx)
	if err != nil {
		return err
	}
	return l.anchorHeads(ctx, tx, heads, last.Position)
}

// insertLives writes the rows of whole incidents.
func insertLives(ctx context.Context, tx db.Tx, lives []*Life) error {
	var incidents, orders, clocks, copies, entries, files [][]any
	for _, life := range lives {
		incidents = append(incidents, life.values())
		for _, o := range life.Orders {
			values, err := o.values(life.ID)
			if err != nil {
				return err
			}
			orders = append(orders, values)
		}
		for _, k := range life.Clocks {
			clocks = append(clocks, k.values(life.ID))
		}
		for _, k := range life.Copies {
			copies = append(copies, k.values(life.ID))
		}
		for _, e := range life.entries {
			values, err := e.values()
			if err != nil {
				return err
			}
			entries = append(entries, values)
		}
		for _, f := range life.files {
			files = append(files, f.values())
		}
	}
	for _, t := range []struct {
		into string
		rows [][]any
	}{
		{`INSERT INTO incidents (` + columns + `) VALUES `, incidents}, {`INSERT INTO orders (` + orderColumns + `) VALUES `, orders},
		{`INSERT INTO clocks (` + clockColumns + `) VALUES `, clocks}, {`INSERT INTO copies (` + copyColumns + `) VALUES `, copies},
		{`INSERT INTO entries (` + entryColumns + `) VALUES `, entries}, {`INSERT INTO files (` + fileColumns + `) VALUES `, files},
	} {
		if err := db.InsertRows(ctx, tx, t.into, t.rows); err != nil {
			return err
		}
	}
	return nil
}
