// Package blob keeps files under the hash of their content: the same content is kept
// once, and what was put never changes under its name.
package blob

import (
	"context"
	"errors"
	"io"
	"time"
)

var (
	// ErrNotFound means that there is no content under the hash, or that the text is no hash.
	ErrNotFound = errors.New("blob: not found")
	// ErrOverLimit means that the reader gave more bytes than the limit allows.
	ErrOverLimit = errors.New("blob: larger than the limit")
	// ErrDamaged means that what is stored is not what was put.
	ErrDamaged = errors.New("blob: the stored content is damaged")
)

// Blob names content that is stored.
type Blob struct {
	Hash string // 64 lower-case hex digits
	Size int64  // bytes as they were put
}

// Entry is one stored content as Walk finds it.
type Entry struct {
	Blob
	// Modified is when the content was last put, by the clock of the storage.
	Modified time.Time
}

// Store keeps content. Implementations are safe for concurrent use, also with the same
// content. Knowing a hash gives no right to what is under it: that is for the caller.
type Store interface {
	// Put reads r to its end and stores it. After it returns the content survives a power
	// cut; after an error nothing of it is left. It returns ErrOverLimit when r has more
	// than limit bytes, and the error of r as it is. Content that is there already gets a
	// new Modified time.
	Put(ctx context.Context, r io.Reader, limit int64) (Blob, error)
	// Open returns the content, to be closed by the caller, or ErrNotFound or ErrDamaged.
	Open(ctx context.Context, hash string) (io.ReadSeekCloser, error)
	// Delete removes the content; nothing there is no error. Who collects what nobody
	// refers to spares what was put a short time ago: its reference may be on the way.
	Delete(ctx context.Context, hash string) error
	// Walk calls visit for every content in order of hash and stops at its first error.
	Walk(ctx context.Context, visit func(Entry) error) error
}
