package history

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// source is a file that can be read from its beginning as often as needed, unpacked when it is gzip.
type source struct{ path string }

func (s source) open() (io.ReadCloser, error) {
	file, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(file, 1<<16)
	if magic, err := in.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return &closing{in, file}, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		file.Close()
		return nil, err
	}
	return &closing{z, file}, nil
}

type closing struct {
	io.Reader
	io.Closer
}

// digest is what the rows of the file are known by: the same file gives the same rows, packed or not.
func (s source) digest() (string, error) {
	in, err := s.open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
