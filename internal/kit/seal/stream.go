package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// A sealed stream is a header of 32 bytes followed by chunks of 64 KiB, each with its
// own tag. Every stream has its own key, derived from a random salt, so chunk numbers
// can serve as nonces; the last chunk is marked, so a cut shows (the STREAM
// construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
const (
	// StreamHeader is the number of bytes before the first chunk.
	StreamHeader = 32

	chunkSize   = 64 << 10
	tagSize     = 16
	sealedChunk = chunkSize + tagSize
	streamMagic = "GZS1"
)

var errWriterClosed = errors.New("seal: the stream is closed")

// StreamWriter encrypts what is written to it. Nothing of it can be read back before
// Close has written the last chunk.
type StreamWriter struct {
	out    io.Writer
	aead   cipher.AEAD
	header []byte
	aad    []byte
	chunk  []byte
	index  uint64
	closed bool
}

// NewWriter starts a stream on out with the current key. aad is not kept and must be
// given again for reading.
func (k *Keys) NewWriter(out io.Writer, aad string) (*StreamWriter, error) {
	header := make([]byte, StreamHeader)
	copy(header, streamMagic)
	if k.suite == AES {
		header[4] = 1
	}
	if _, err := hex.Decode(header[5:9], []byte(k.current)); err != nil {
		return nil, fmt.Errorf("seal: key id: %w", err)
	}
	rand.Read(header[9:]) // documented never to fail
	aead, err := k.streamCipher(header)
	if err != nil {
		return nil, err
	}
	if _, err := out.Write(header); err != nil {
		return nil, err
	}
	bound := append(append([]byte{}, header...), aad...)
	return &StreamWriter{out: out, aead: aead, header: header, aad: bound, chunk: make([]byte, 0, sealedChunk)}, nil
}

// Header returns the bytes that tell this stream from every other one.
func (w *StreamWriter) Header() []byte { return w.header }

// Write encrypts p; a full chunk is held back until it is known whether it is the last.
func (w *StreamWriter) Write(p []byte) (int, error) {
	if w.closed {
		return 0, errWriterClosed
	}
	written := 0
	for len(p) > 0 {
		if len(w.chunk) == chunkSize {
			if err := w.flush(false); err != nil {
				return written, err
			}
		}
		n := min(len(p), chunkSize-len(w.chunk))
		w.chunk = append(w.chunk, p[:n]...)
		p = p[n:]
		written += n
	}
	return written, nil
}

// Close writes the last chunk. It does not close what is written to.
func (w *StreamWriter) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	return w.flush(true)
}

func (w *StreamWriter) flush(last bool) error {
	sealed := w.aead.Seal(w.chunk[:0], chunkNonce(w.index, last), w.chunk, w.aad)
	w.index++
	w.chunk = w.chunk[:0]
	_, err := w.out.Write(sealed)
	return err
}

// streamCipher finds the key named in a header and derives the stream's own from it.
func (k *Keys) streamCipher(header []byte) (cipher.AEAD, error) {
	if string(header[:4]) != streamMagic || header[4] > 1 {
		return nil, ErrTampered
	}
	suite := SM
	if header[4] == 1 {
		suite = AES
	}
	id := hex.EncodeToString(header[5:9])
	key, ok := k.sealing[id]
	if !ok || suite != k.suite {
		return nil, fmt.Errorf("%w (%s.%s)", ErrKeyUnknown, suite, id)
	}
	return suite.aead(suite.derive(key.stream, "file", header))
}

func chunkNonce(index uint64, last bool) []byte {
	nonce := make([]byte, 12)
	binary.BigEndian.PutUint64(nonce[3:11], index)
	if last {
		nonce[11] = 1
	}
	return nonce
}

// PlainSize computes from the length of a sealed stream how many bytes it holds, without
// a key. It returns ErrTampered for a length that no stream has.
func PlainSize(sealed int64) (int64, error) {
	body := sealed - StreamHeader
	if body < tagSize {
		return 0, ErrTampered
	}
	chunks := (body + sealedChunk - 1) / sealedChunk
	last := body - (chunks-1)*sealedChunk
	if last < tagSize || (last == tagSize && chunks > 1) {
		return 0, ErrTampered
	}
	return body - chunks*tagSize, nil
}
