package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"gezhi/internal/kit/durable"
)

const (
	tempFolder = "tmp"
	hashLength = 64
)

// coat is how a folder writes content down: as it is, or sealed.
type coat interface {
	newHash() hash.Hash
	// name turns the hash of the content into the hash it is stored under.
	name(sum []byte) string
	// wrap returns a writer for the content and a function that completes the file once
	// the name is known.
	wrap(file io.Writer) (io.Writer, func(name string) error, error)
	// open reads a file that was written under name.
	open(file *os.File, name string) (io.ReadSeekCloser, error)
	// size turns the length of a file into that of its content.
	size(file int64) (int64, error)
}

// Folder is a Store in a folder of the local disk: aa/bb/aabb..., written under tmp/
// first. Nothing else may write there.
type Folder struct {
	dir  string
	coat coat
}

var _ Store = (*Folder)(nil)

func newFolder(dir string, coat coat) (*Folder, error) {
	dir = filepath.Clean(dir)
	if err := durable.MakeFolder(filepath.Join(dir, tempFolder), 0o700); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	return &Folder{dir: dir, coat: coat}, nil
}

// Put stores the content of r; see Store.
func (f *Folder) Put(ctx context.Context, r io.Reader, limit int64) (Blob, error) {
	temp, err := os.CreateTemp(filepath.Join(f.dir, tempFolder), "put-*") // mode 0600
	if err != nil {
		return Blob{}, fmt.Errorf("blob put: %w", err)
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing left to remove
	defer temp.Close()

	put, err := f.fill(ctx, temp, r, limit)
	if err != nil {
		return Blob{}, err
	}
	if err := temp.Sync(); err != nil {
		return Blob{}, fmt.Errorf("blob put: %w", err)
	}
	if err := temp.Close(); err != nil {
		return Blob{}, fmt.Errorf("blob put: %w", err)
	}
	if err := f.settle(temp.Name(), put.Hash); err != nil {
		return Blob{}, err
	}
	return put, nil
}

func (f *Folder) fill(ctx context.Context, temp io.Writer, r io.Reader, limit int64) (Blob, error) {
	out, complete, err := f.coat.wrap(temp)
	if err != nil {
		return Blob{}, fmt.Errorf("blob put: %w", err)
	}
	sum := f.coat.newHash()
	n, err := io.Copy(io.MultiWriter(sum, out), io.LimitReader(&abortable{ctx, r}, min(limit, math.MaxInt64-1)+1))
	if err != nil {
		return Blob{}, fmt.Errorf("blob put: %w", err)
	}
	if n > limit {
		return Blob{}, ErrOverLimit
	}
	name := f.coat.name(sum.Sum(nil))
	if err := complete(name); err != nil {
		return Blob{}, fmt.Errorf("blob put: %w", err)
	}
	return Blob{Hash: name, Size: n}, nil
}

// settle replaces what is there: that keeps readers of the old file unharmed, renews its
// time and heals a damaged one.
func (f *Folder) settle(temp, name string) error {
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("blob put: %w", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("blob put: %w", err)
	}
	// All three, always: another Put may have made a folder and not have synced it yet.
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if err := durable.SyncFolder(dir); err != nil {
			return err
		}
		if dir == f.dir {
			return nil
		}
	}
}

// Open returns the content under hash; see Store.
func (f *Folder) Open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !isHash(hash) {
		return nil, ErrNotFound
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("blob open: %w", err)
	}
	content, err := f.coat.open(file, hash)
	if err != nil {
		file.Close()
		return nil, err
	}
	return content, nil
}

// Delete removes the content under hash; see Store.
func (f *Folder) Delete(ctx context.Context, hash string) error {
	if err := ctx.Err(); err != nil || !isHash(hash) {
		return err
	}
	err := os.Remove(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("blob delete: %w", err)
	}
	return durable.SyncFolder(filepath.Dir(f.path(hash)))
}

// Walk visits all content; see Store. Files that are no content are passed over.
func (f *Folder) Walk(ctx context.Context, visit func(Entry) error) error {
	return filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // deleted while walking
			return nil
		case err != nil:
			return fmt.Errorf("blob walk: %w", err)
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() && path == filepath.Join(f.dir, tempFolder):
			return fs.SkipDir
		case d.IsDir() || !isHash(d.Name()) || path != f.path(d.Name()):
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("blob walk: %w", err)
		}
		size, err := f.coat.size(info.Size())
		if err != nil {
			return fmt.Errorf("%w: %s", ErrDamaged, d.Name())
		}
		return visit(Entry{Blob: Blob{Hash: d.Name(), Size: size}, Modified: info.ModTime()})
	})
}

// Sweep removes what a crash left of uploads that were begun before the given time, and
// returns how many. It is meant for start-up.
func (f *Folder) Sweep(before time.Time) (int, error) {
	dir := filepath.Join(f.dir, tempFolder)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, fmt.Errorf("blob sweep: %w", err)
	}
	removed := 0
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("blob sweep: %w", err)
		}
		removed++
	}
	return removed, nil
}

func (f *Folder) path(hash string) string { return filepath.Join(f.dir, hash[:2], hash[2:4], hash) }

// isHash also keeps paths out: nothing that reaches the disk has a dot or a slash.
func isHash(text string) bool {
	if len(text) != hashLength {
		return false
	}
	raw, err := hex.DecodeString(text)
	return err == nil && hex.EncodeToString(raw) == text
}

// abortable stops reading when the caller has gone.
type abortable struct {
	ctx context.Context
	r   io.Reader
}

func (a *abortable) Read(p []byte) (int, error) {
	if err := a.ctx.Err(); err != nil {
		return 0, err
	}
	return a.r.Read(p)
}
