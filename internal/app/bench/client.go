// Package bench measures the program from outside: how many whole loops it carries an incident through in a second
// over HTTP, and how many a bare program could that only writes the same rows; how long a report takes to the right
// phone; and how late the sweep is for a clock that is due.
package bench

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// client is one keep-alive connection. It does as little as a client can, because it runs on the processors that are
// being measured.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	out  bytes.Buffer
	host string
}

// callLimit bounds one call, so that a hanging server ends the measurement.
const callLimit = 30 * time.Second

func dial(addr string) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), host: addr}, nil
}

func (c *client) close() { c.conn.Close() }

// call sends a request and returns the status and the body, which holds until the next call.
func (c *client) call(method, path, token, key string, body []byte) (int, []byte, error) {
	c.conn.SetDeadline(time.Now().Add(callLimit))
	c.out.Reset()
	fmt.Fprintf(&c.out, "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n", method, path, c.host, token)
	if key != "" {
		c.out.WriteString("Idempotency-Key: " + key + "\r\n")
	}
	if body != nil {
		fmt.Fprintf(&c.out, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	c.out.WriteString("\r\n")
	c.out.Write(body)
	if _, err := c.conn.Write(c.out.Bytes()); err != nil {
		return 0, nil, err
	}
	return c.answer()
}

// answer reads status and headers, then the body by its length or in chunks.
func (c *client) answer() (int, []byte, error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(line) < 12 {
		return 0, nil, errors.New("not an HTTP answer")
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, nil, err
	}
	length, chunked := 0, false
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch value = bytes.TrimSpace(value); {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, nil, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = bytes.EqualFold(value, []byte("chunked"))
		}
	}
	c.out.Reset()
	if chunked {
		err = c.chunks()
	} else {
		_, err = io.CopyN(&c.out, c.in, int64(length))
	}
	return status, c.out.Bytes(), err
}

func (c *client) chunks() error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if n > 0 {
			if _, err := io.CopyN(&c.out, c.in, n); err != nil {
				return err
			}
		}
		if _, err := c.in.Discard(2); err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
	}
}
