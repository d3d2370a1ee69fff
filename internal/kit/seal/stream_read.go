package seal

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
)

// StreamReader reads a sealed stream from any position. It never hands out a byte that
// it has not checked. It is not safe for concurrent use.
type StreamReader struct {
	in     io.ReaderAt
	aead   cipher.AEAD
	header []byte
	aad    []byte
	size   int64
	pos    int64
	loaded int64 // the chunk held in plain, -1 for none
	plain  []byte
	buf    []byte
}

// NewReader opens a stream of the given sealed length. The last chunk is checked at
// once, so that the size is known to be true before anything is read. It returns
// ErrTampered for a damaged or cut stream, ErrKeyUnknown for a key that is missing.
func (k *Keys) NewReader(in io.ReaderAt, sealed int64, aad string) (*StreamReader, error) {
	size, err := PlainSize(sealed)
	if err != nil {
		return nil, err
	}
	header := make([]byte, StreamHeader)
	if err := readFull(in, header, 0); err != nil {
		return nil, err
	}
	aead, err := k.streamCipher(header)
	if err != nil {
		return nil, err
	}
	bound := append(append([]byte{}, header...), aad...)
	r := &StreamReader{in: in, aead: aead, header: header, aad: bound, size: size, loaded: -1, buf: make([]byte, sealedChunk)}
	if err := r.load(r.last()); err != nil {
		return nil, err
	}
	return r, nil
}

// Header returns the bytes that tell this stream from every other one.
func (r *StreamReader) Header() []byte { return r.header }

// Size is the number of bytes that can be read in all.
func (r *StreamReader) Size() int64 { return r.size }

// Read reads on from the current position.
func (r *StreamReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.pos >= r.size {
		return 0, io.EOF
	}
	if err := r.load(r.pos / chunkSize); err != nil {
		return 0, err
	}
	n := copy(p, r.plain[r.pos%chunkSize:])
	r.pos += int64(n)
	return n, nil
}

// Seek moves the position; behind the end is allowed and reads as the end.
func (r *StreamReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.pos
	case io.SeekEnd:
		offset += r.size
	default:
		return 0, fmt.Errorf("seal: seek: unknown origin %d", whence)
	}
	if offset < 0 {
		return 0, errors.New("seal: seek: position before the start")
	}
	r.pos = offset
	return offset, nil
}

func (r *StreamReader) last() int64 { return max(0, (r.size-1)/chunkSize) }

func (r *StreamReader) load(index int64) error {
	if r.loaded == index {
		return nil
	}
	length := min(r.size-index*chunkSize, chunkSize) + tagSize
	sealed := r.buf[:length]
	r.loaded = -1
	if err := readFull(r.in, sealed, StreamHeader+index*sealedChunk); err != nil {
		return err
	}
	plain, err := r.aead.Open(sealed[:0], chunkNonce(uint64(index), index == r.last()), sealed, r.aad)
	if err != nil {
		return ErrTampered
	}
	r.plain, r.loaded = plain, index
	return nil
}

func readFull(in io.ReaderAt, p []byte, at int64) error {
	n, err := in.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if errors.Is(err, io.EOF) {
		return ErrTampered
	}
	return err
}
