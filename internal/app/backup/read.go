package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

var (
	rowsName = regexp.MustCompile(`^rows/([a-z_]+)/[0-9]{6}\.jsonl$`)
	fileName = regexp.MustCompile(`^files/(?:originals|shown)/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}$`)
)

// maxPart bounds a part and the manifest: one row more than a part is meant to hold, and rows are far smaller.
const maxPart = 64 << 20

// visitor gets the contents of an archive in order. Files must be read to their end.
type visitor struct {
	rows func(t table, part []byte) error
	file func(name string, size int64, content io.Reader) error
}

// walk reads an archive to its end, gives the visitor its contents, and returns its manifest with what was found
// beside it. Whatever does not belong there makes the archive a damaged one.
func walk(ctx context.Context, in io.Reader, v visitor) (Manifest, *digests, error) {
	var m Manifest
	zip, err := gzip.NewReader(in)
	if err != nil {
		return m, nil, ErrNotOurs
	}
	found := newDigests()
	for archive := tar.NewReader(zip); ; {
		if err := ctx.Err(); err != nil {
			return m, nil, err
		}
		h, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return m, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if m.Format != "" || h.Typeflag != tar.TypeReg {
			return m, nil, fmt.Errorf("%w: it has something that does not belong there", ErrDamaged)
		}
		if err := one(archive, h, v, found, &m); err != nil {
			return m, nil, err
		}
	}
	if _, err := io.Copy(io.Discard, zip); err != nil { // the checksum of the whole stands at the end
		return m, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if m.Format == "" {
		return m, nil, fmt.Errorf("%w: it has no manifest", ErrDamaged)
	}
	return m, found, nil
}

func one(archive io.Reader, h *tar.Header, v visitor, found *digests, m *Manifest) error {
	if fileName.MatchString(h.Name) {
		found.file(h.Name, h.Size)
		content := &damaging{io.TeeReader(archive, found.files.sum)}
		if err := v.file(h.Name, h.Size, content); err != nil {
			return err
		}
		_, err := io.Copy(io.Discard, content)
		return err
	}
	if h.Size > maxPart {
		return fmt.Errorf("%w: %s is too large", ErrDamaged, h.Name)
	}
	var part bytes.Buffer
	if _, err := io.Copy(&part, &damaging{archive}); err != nil {
		return err
	}
	if h.Name == manifestName {
		if json.Unmarshal(part.Bytes(), m) != nil || m.Format == "" {
			return ErrNotOurs
		}
		return nil
	}
	name := rowsName.FindStringSubmatch(h.Name)
	if name == nil {
		return fmt.Errorf("%w: it has something that does not belong there", ErrDamaged)
	}
	t, ok := tableNamed(name[1])
	if !ok {
		return fmt.Errorf("the archive has a table %s that this program does not know: use the program that made it", name[1])
	}
	found.lines(t.name, part.Bytes(), countLines(part.Bytes()))
	return v.rows(t, part.Bytes())
}

// damaging turns what goes wrong while reading into damage.
type damaging struct{ io.Reader }

// Read reads on.
func (d *damaging) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return n, err
}

// Check reads an archive and tells whether it is whole and signed with the key file. It changes nothing.
func Check(ctx context.Context, in io.Reader, keys Keys) (Manifest, error) {
	m, found, err := walk(ctx, in, visitor{
		rows: func(table, []byte) error { return nil },
		file: func(string, int64, io.Reader) error { return nil },
	})
	if err != nil {
		return m, err
	}
	if err := m.verify(keys); err != nil {
		return m, err
	}
	return m, found.compare(m)
}
