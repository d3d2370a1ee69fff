package blob

import (
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"gezhi/internal/kit/seal"
)

// sealedCoat writes content encrypted: a sealed stream, then a tag over the stream's
// header and the name. The tag binds the two, so files cannot trade places.
type sealedCoat struct{ keys *seal.Keys }

const (
	streamPlace = "blob"
	tagSize     = 32
)

// NewSealedFolder returns a store that keeps content in dir readable only with keys. The
// hash is keyed, so that nobody without the keys can find out whether a certain file is
// there; it does not change when keys rotate. Every byte is checked before it is handed
// out: reading changed content gives ErrDamaged from Open or seal.ErrTampered from Read.
func NewSealedFolder(dir string, keys *seal.Keys) (*Folder, error) {
	return newFolder(dir, sealedCoat{keys})
}

func (c sealedCoat) newHash() hash.Hash { return c.keys.NewHash() }

func (c sealedCoat) name(sum []byte) string {
	return hex.EncodeToString(c.keys.MAC("blob name", sum))
}

func (c sealedCoat) tag(header []byte, name string) []byte {
	return c.keys.MAC("blob place", header, []byte(name))
}

func (c sealedCoat) wrap(file io.Writer) (io.Writer, func(string) error, error) {
	stream, err := c.keys.NewWriter(file, streamPlace)
	if err != nil {
		return nil, nil, err
	}
	return stream, func(name string) error {
		if err := stream.Close(); err != nil {
			return err
		}
		_, err := file.Write(c.tag(stream.Header(), name))
		return err
	}, nil
}

func (c sealedCoat) open(file *os.File, name string) (io.ReadSeekCloser, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("blob open: %w", err)
	}
	length := info.Size() - tagSize
	stream, err := c.keys.NewReader(file, length, streamPlace)
	if errors.Is(err, seal.ErrTampered) {
		return nil, ErrDamaged
	}
	if err != nil {
		return nil, fmt.Errorf("blob open: %w", err)
	}
	tag := make([]byte, tagSize)
	if _, err := file.ReadAt(tag, length); err != nil {
		return nil, fmt.Errorf("blob open: %w", err)
	}
	if !hmac.Equal(tag, c.tag(stream.Header(), name)) {
		return nil, ErrDamaged
	}
	return sealedContent{stream, file}, nil
}

func (c sealedCoat) size(file int64) (int64, error) { return seal.PlainSize(file - tagSize) }

type sealedContent struct {
	*seal.StreamReader
	file io.Closer
}

// Close closes the file below.
func (s sealedContent) Close() error { return s.file.Close() }
