package bench

import (
	"bufio"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAnswersAreReadByLengthAndInChunks(t *testing.T) {
	c := &client{in: bufio.NewReader(strings.NewReader("HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX: y\r\n\r\nhello" +
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" +
		"HTTP/1.1 204 No Content\r\n\r\n" + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"))}
	for _, want := range []struct {
		status int
		body   string
	}{{201, "hello"}, {200, "abcde"}, {204, ""}} {
		status, body, err := c.answer()
		require.NoError(t, err)
		require.Equal(t, want.status, status)
		require.Equal(t, want.body, string(body))
	}
	_, _, err := c.answer()
	require.Error(t, err, "half an answer is none")
}

func TestSpread(t *testing.T) {
	var list []time.Duration
	for n := range 100 {
		list = append(list, time.Duration(100-n)*time.Millisecond)
	}
	require.Equal(t, Spread{100, 51 * time.Millisecond, 96 * time.Millisecond, 100 * time.Millisecond}, spreadOf(list))
	require.Equal(t, Spread{}, spreadOf(nil))
}

func TestRatesAndShares(t *testing.T) {
	r := Result{Loops: 50, Took: 2 * time.Second, Processor: time.Second}
	require.Equal(t, 25.0, r.Rate())
	require.Equal(t, 20*time.Millisecond, r.Each())
	require.Zero(t, Result{Took: time.Second}.Each())
}
