package history

import (
	"bufio"
	"errors"
	"os"
	"strings"
	"sync"
)

// rejects is the file of rows that could not be taken: as they stood, with the reason in one more column, so that it
// can be corrected and imported with the same map. It is made for the first such row.
type rejects struct {
	path      string
	header    string
	delimiter string
	quotes    bool
	named     bool // the file has a header
	mu        sync.Mutex
	file      *os.File
	out       *bufio.Writer
}

func (r *rejects) add(w row, reason string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		var err error
		if r.file, err = os.OpenFile(r.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return err
		}
		r.out = bufio.NewWriter(r.file)
		if r.named {
			r.write(r.header, "rejected_because")
		}
	}
	return r.write(w.raw, reason)
}

func (r *rejects) write(raw, last string) error {
	last = strings.NewReplacer("\r", " ", "\n", " ").Replace(last)
	if r.quotes {
		last = `"` + strings.ReplaceAll(last, `"`, `""`) + `"`
	} else {
		last = strings.ReplaceAll(last, r.delimiter, " ")
	}
	_, err := r.out.WriteString(raw + r.delimiter + last + "\n")
	return err
}

func (r *rejects) close() error {
	if r.file == nil {
		return nil
	}
	return errors.Join(r.out.Flush(), r.file.Sync(), r.file.Close())
}
