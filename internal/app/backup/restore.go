package backup

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/durable"
)

// Target is where an archive is restored to.
type Target struct {
	DB    *db.DB // at the schema of the archive
	Files string // folder; its last name is files
	// Index fills the search index in the transaction of the rows.
	Index func(ctx context.Context, tx db.Tx) error
}

// Restore fills an empty store from an archive that Check found whole. First come the files, which nobody sees without
// their rows, then all rows in one transaction: either everything is there, or nothing but files that the next attempt
// puts there again. It refuses a store that is not empty.
func Restore(ctx context.Context, in io.Reader, t Target) (Manifest, error) {
	if err := empty(ctx, t.DB.Pool()); err != nil {
		return Manifest{}, err
	}
	tx, err := t.DB.Pool().BeginTx(ctx, nil)
	if err != nil {
		return Manifest{}, err
	}
	defer tx.Rollback()
	if err := clearMade(ctx, tx); err != nil {
		return Manifest{}, err
	}
	r := &restorer{tx: tx, folder: t.Files, folders: map[string]bool{}}
	m, found, err := walk(ctx, in, visitor{rows: r.rows(ctx), file: r.file})
	if err != nil {
		return m, err
	}
	if err := found.compare(m); err != nil {
		return m, err
	}
	if err := r.end(ctx); err != nil {
		return m, err
	}
	for _, want := range m.Tables {
		n, err := countRows(ctx, tx, want.Name)
		if err != nil {
			return m, err
		}
		if n != want.Rows {
			return m, fmt.Errorf("table %s has %d rows, the archive %d", want.Name, n, want.Rows)
		}
	}
	if err := endLeases(ctx, tx); err != nil {
		return m, err
	}
	if err := t.Index(ctx, tx); err != nil {
		return m, fmt.Errorf("search index: %w", err)
	}
	return m, tx.Commit()
}

type restorer struct {
	tx      db.Tx
	folder  string
	folders map[string]bool // that got a new file
	selves  []reference
}

// reference is a row that refers to another of its table, which may come later.
type reference struct {
	table  table
	id, to string
}

// rows writes the rows of a part.
func (r *restorer) rows(ctx context.Context) func(t table, part []byte) error {
	return func(t table, part []byte) error {
		var columns []string
		var list [][]any
		for line := range bytes.Lines(part) {
			names, values, err := parseLine(line)
			if err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
			if columns == nil {
				columns = names
			}
			if len(names) != len(columns) {
				return fmt.Errorf("%w: rows of table %s differ in their columns", ErrDamaged, t.name)
			}
			r.later(t, names, values)
			list = append(list, values)
		}
		if err := insertRows(ctx, r.tx, t.name, columns, list); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		return nil
	}
}

// later takes a reference within the table out of a row, to be set when all rows are there.
func (r *restorer) later(t table, columns []string, values []any) {
	if t.self == "" {
		return
	}
	ref := reference{table: t}
	for n, name := range columns {
		text, _ := values[n].(string)
		switch name {
		case t.key:
			ref.id = text
		case t.self:
			ref.to, values[n] = text, nil
		}
	}
	if ref.to != "" {
		r.selves = append(r.selves, ref)
	}
}

// file puts a file into its place. The name was checked.
func (r *restorer) file(name string, _ int64, content io.Reader) error {
	path := filepath.Join(filepath.Dir(r.folder), filepath.FromSlash(name))
	if err := durable.MakeFolder(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".restore-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing left to remove
	defer temp.Close()
	if _, err := io.Copy(temp, content); err != nil {
		return err
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	r.folders[filepath.Dir(path)] = true
	return os.Rename(temp.Name(), path)
}

// end sets what refers to rows that came later, and makes the files' names durable.
func (r *restorer) end(ctx context.Context) error {
	for _, ref := range r.selves {
		if err := setReference(ctx, r.tx, ref); err != nil {
			return fmt.Errorf("table %s: %w", ref.table.name, err)
		}
	}
	for folder := range r.folders {
		if err := durable.SyncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}
