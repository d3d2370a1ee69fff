package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gezhi/internal/kit/db"
)

// partBytes is how large the parts are in which rows stand in an archive.
const partBytes = 4 << 20

// manifestName is the last entry of an archive.
const manifestName = "manifest.json"

// Source is a store to back up. It may be in use meanwhile.
type Source struct {
	DB      *db.DB
	Schema  int64
	Files   string // folder; need not exist
	Keys    Keys
	Program string
	At      time.Time
}

// Write writes an archive: the rows as they are at one moment, then the files, which only ever grow beside it.
func Write(ctx context.Context, out io.Writer, s Source) (Manifest, error) {
	zip, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return Manifest{}, err
	}
	w := &writer{tar: tar.NewWriter(zip), digests: newDigests(), at: s.At}
	err = s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) error {
		for _, t := range tables {
			if err := w.table(ctx, q, t); err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
		}
		return nil
	})
	if err == nil {
		err = w.files(ctx, s.Files)
	}
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: Format, About: About, Program: s.Program, Engine: string(s.DB.Engine()), Schema: s.Schema,
		MadeAt: s.At.UTC().Format(time.RFC3339), KeyCheck: s.Keys.Check()}
	w.digests.fill(&m)
	m.sign(s.Keys)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return Manifest{}, err
	}
	if err := w.entry(manifestName, text); err != nil {
		return Manifest{}, err
	}
	return m, errors.Join(w.tar.Close(), zip.Close())
}

type writer struct {
	tar     *tar.Writer
	digests *digests
	at      time.Time
}

func (w *writer) entry(name string, content []byte) error {
	if err := w.header(name, int64(len(content))); err != nil {
		return err
	}
	_, err := w.tar.Write(content)
	return err
}

func (w *writer) header(name string, size int64) error {
	return w.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600, Size: size, ModTime: w.at, Format: tar.FormatPAX})
}

// table writes the rows of a table in parts.
func (w *writer) table(ctx context.Context, q db.Querier, t table) error {
	var part []byte
	number, rows := 0, int64(0)
	w.digests.table(t.name)
	flush := func() error {
		number++
		w.digests.lines(t.name, part, rows)
		err := w.entry(fmt.Sprintf("rows/%s/%06d.jsonl", t.name, number), part)
		part, rows = part[:0], 0
		return err
	}
	err := readRows(ctx, q, t, func(columns []string, values []any) error {
		part = appendLine(part, columns, values)
		rows++
		if len(part) >= partBytes {
			return flush()
		}
		return nil
	})
	if err != nil || number > 0 && rows == 0 {
		return err
	}
	return flush()
}

// files writes what lies in the folder, but not what is only on its way there.
func (w *writer) files(ctx context.Context, folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		name := "files/" + filepath.ToSlash(rel)
		if entry.IsDir() || !fileName.MatchString(name) {
			return nil
		}
		return w.file(path, name)
	})
}

func (w *writer) file(path, name string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nobody referred to it, and it was collected
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := w.header(name, info.Size()); err != nil {
		return err
	}
	w.digests.file(name, info.Size())
	_, err = io.CopyN(io.MultiWriter(w.tar, w.digests.files.sum), f, info.Size())
	return err
}

// countLines counts the rows of a part.
func countLines(part []byte) int64 { return int64(strings.Count(string(part), "\n")) }
