package db

import (
	"context"
	"strings"
)

// Text is an item to be found by its text.
type Text struct{ ID, Text string }

// IndexTexts puts many new items into the search index, as IndexText does with one.
func (d *DB) IndexTexts(ctx context.Context, tx Tx, items []Text) error {
	return InParts(items, func(part []Text) error {
		var args Args
		rows := make([]string, len(part))
		for n, item := range part {
			grams := strings.Join(Grams(item.Text), " ")
			if d.engine == Postgres {
				if grams != "" {
					grams = "'" + strings.ReplaceAll(grams, " ", "' '") + "'"
				}
				rows[n] = "(" + args.Add(item.ID) + ", CAST(" + args.Add(grams) + " AS tsvector))"
				continue
			}
			rows[n] = args.Row(item.ID, grams)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO search_text (id, grams) VALUES `+strings.Join(rows, ", "), args.Values...)
		return err
	})
}
