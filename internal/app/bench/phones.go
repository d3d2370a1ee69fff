package bench

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// attempts bounds how often a phone tries to connect.
const attempts = 20

// Phones keeps a live stream open for every session token on in, a line each, writes "ready" and how many are open, and
// then a line for every order that reaches one: the incident and the moment, in unix microseconds. It ends when in does.
// Phones live in a process of their own, because a process may hold only so many connections.
func Phones(addr string, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	var tokens []string
	for lines.Scan() && lines.Text() != "" {
		tokens = append(tokens, lines.Text())
	}
	said := &lineWriter{out: out}
	conns := make([]net.Conn, len(tokens))
	var wg sync.WaitGroup
	errs := make(chan error, len(tokens))
	slots := make(chan struct{}, 64)
	for n, token := range tokens {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			var err error
			for range attempts { // as a phone does that was not let in
				if conns[n], err = listen(addr, token, said); err == nil {
					return
				}
				time.Sleep(straggle / attempts)
			}
			errs <- err
		})
	}
	wg.Wait()
	close(errs)
	if err := <-errs; err != nil {
		return err
	}
	said.line("ready %d", len(tokens))
	for lines.Scan() { // until whoever measures has enough
	}
	for _, c := range conns {
		c.Close()
	}
	return lines.Err()
}

// lineWriter writes whole lines from many streams.
type lineWriter struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *lineWriter) line(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fmt.Fprintf(w.out, format+"\n", args...)
}

// listen opens one stream and says what comes, until the connection is closed.
func listen(addr, token string, said *lineWriter) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(callLimit))
	fmt.Fprintf(conn, "GET /api/v1/live HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\n\r\n", addr, token)
	in := bufio.NewReaderSize(conn, 2<<10)
	line, err := in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(line, []byte(" 200 ")) {
		return nil, errors.New("a live stream was refused: " + string(bytes.TrimSpace(line)))
	}
	conn.SetDeadline(time.Time{})
	go hear(in, said)
	return conn, nil
}

// hear says every order that a stream brings.
func hear(in *bufio.Reader, said *lineWriter) {
	order := false
	for {
		line, err := in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
		switch {
		case bytes.HasPrefix(line, []byte("event: ")):
			order = bytes.HasPrefix(line[7:], []byte("order.changed"))
		case order && bytes.HasPrefix(line, []byte("data: ")):
			if _, rest, ok := bytes.Cut(line, []byte(`"incident":"`)); ok && len(rest) >= 26 {
				said.line("%s %d", rest[:26], time.Now().UnixMicro())
			}
			order = false
		}
	}
}
