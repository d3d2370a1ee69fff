package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
)

// digests collects what a manifest says while an archive is written or read.
type digests struct {
	tables map[string]*count
	order  []string
	files  count
}

type count struct {
	sum   hash.Hash
	n     int64
	bytes int64
}

func newDigests() *digests {
	return &digests{tables: map[string]*count{}, files: count{sum: sha256.New()}}
}

// lines adds lines of rows to a table.
func (d *digests) lines(table string, part []byte, rows int64) {
	c := d.table(table)
	c.sum.Write(part)
	c.n += rows
}

func (d *digests) table(name string) *count {
	c := d.tables[name]
	if c == nil {
		c = &count{sum: sha256.New()}
		d.tables[name] = c
		d.order = append(d.order, name)
	}
	return c
}

// file adds the name and size of a file; its content is written to d.files.sum.
func (d *digests) file(name string, size int64) {
	fmt.Fprintf(d.files.sum, "%s %d\n", name, size)
	d.files.n++
	d.files.bytes += size
}

func (c *count) digest() string { return hex.EncodeToString(c.sum.Sum(nil)) }

// fill puts what was collected into a manifest.
func (d *digests) fill(m *Manifest) {
	m.Tables = nil
	for _, name := range d.order {
		c := d.tables[name]
		m.Tables = append(m.Tables, TableCount{name, c.n, c.digest()})
	}
	m.Files = FileCount{d.files.n, d.files.bytes, d.files.digest()}
}

// compare tells whether a manifest says what was collected.
func (d *digests) compare(m Manifest) error {
	var found Manifest
	d.fill(&found)
	for n, t := range m.Tables {
		if n >= len(found.Tables) || found.Tables[n] != t {
			return fmt.Errorf("%w: table %s is not as the manifest says", ErrDamaged, t.Name)
		}
	}
	switch {
	case len(found.Tables) != len(m.Tables):
		return fmt.Errorf("%w: it has a table that the manifest does not know", ErrDamaged)
	case found.Files != m.Files:
		return fmt.Errorf("%w: its files are not as the manifest says", ErrDamaged)
	}
	return nil
}
