package live_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/kit/web"
	"gezhi/internal/live"
)

// tape is a feed in memory, so that the benchmark measures the hub and not a store.
type tape struct {
	rows []outbox.Event
	head atomic.Int64 // how much of it has been written
}

func (f *tape) Head(context.Context, string) (int64, error)   { return f.head.Load(), nil }
func (f *tape) Oldest(context.Context, string) (int64, error) { return min(1, f.head.Load()), nil }
func (f *tape) News() <-chan struct{}                         { return nil }
func (f *tape) After(_ context.Context, _ string, position int64, limit int) ([]outbox.Event, error) {
	return f.rows[position:min(position+int64(limit), f.head.Load())], nil
}

// tally counts what all clients got and says when it is enough.
type tally struct {
	got, want atomic.Int64
	enough    chan struct{}
}

func (c *tally) add(n int64) {
	if want := c.want.Load(); want > 0 {
		if sum := c.got.Add(n); sum >= want && sum-n < want {
			close(c.enough)
		}
	} else {
		c.got.Add(n)
	}
}

// Send counts frames.
func (c *tally) Send(frames [][]byte) error {
	c.add(int64(len(frames)))
	return nil
}

const benchClients = 1000

func who(n, streets int) authz.Actor {
	return authz.Actor{AccountID: fmt.Sprint("a", n), Posts: []authz.Post{post(fmt.Sprint("street", n%streets), "")}}
}

// publish puts b.N events on the tape, 64 at a time, and waits until every client has got its own. events/s counts
// events published, frames/s what clients got.
func publish(b *testing.B, hub *live.Hub, feed *tape, c *tally, streets int) {
	want := int64(0)
	for n := range b.N {
		body := fmt.Sprintf(`{"incident":"01J%023d","version":3,"state":"in_progress","do":"arrive","areas":["city","district","street%d"],"units":["u1"]}`, n, n%streets)
		feed.rows = append(feed.rows, outbox.Event{Position: int64(n + 1), Row: outbox.Row{Kind: "incident.changed", Body: []byte(body)}})
		want += int64(benchClients / streets)
	}
	c.enough = make(chan struct{})
	c.want.Store(c.got.Load() + want)
	b.ResetTimer()
	started := time.Now()
	for n := 0; n < b.N; n += 64 {
		feed.head.Store(int64(min(n+64, b.N)))
		if err := hub.Step(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	<-c.enough
	took := time.Since(started).Seconds()
	b.ReportMetric(float64(b.N)/took, "events/s")
	b.ReportMetric(float64(want)/took, "frames/s")
}

func newBenchHub(b *testing.B, feed *tape) *live.Hub {
	hub, err := live.NewHub(b.Context(), live.Config{Feed: feed, Topic: topic, Clock: now.System{}, Permission: see, Backlog: 1 << 40, Memory: 1 << 14})
	if err != nil {
		b.Fatal(err)
	}
	return hub
}

// BenchmarkFanOut publishes events to 1,000 clients in this process: each event for all of them, or for one in a
// hundred.
func BenchmarkFanOut(b *testing.B) {
	for name, streets := range map[string]int{"all": 1, "one in a hundred": 100} {
		b.Run(name, func(b *testing.B) {
			feed, c := &tape{}, &tally{enough: make(chan struct{})}
			hub := newBenchHub(b, feed)
			c.want.Store(benchClients) // the greetings
			for n := range benchClients {
				client, err := hub.Join(b.Context(), who(n, streets), "")
				if err != nil {
					b.Fatal(err)
				}
				go client.Serve(b.Context(), c)
			}
			<-c.enough
			publish(b, hub, feed, c, streets)
		})
	}
}

// BenchmarkHTTP does the same over 1,000 connections, with the clients in the same process.
func BenchmarkHTTP(b *testing.B) {
	feed, c := &tape{}, &tally{enough: make(chan struct{})}
	hub := newBenchHub(b, feed)
	api := web.New("bench", now.System{}, func(_ context.Context, token string) (authz.Actor, bool, error) {
		return authz.Actor{AccountID: token, Posts: []authz.Post{post("street0", "")}}, true, nil
	}, nil)
	live.Routes(api, hub)
	server := httptest.NewServer(api.Handler(false, nil))
	defer server.Close()
	c.want.Store(benchClients)
	for n := range benchClients {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "GET /api/v1/live HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer a%d\r\n\r\n", n)
		go readFrames(conn, c)
	}
	<-c.enough
	publish(b, hub, feed, c, 1)
	b.StopTimer()
}

// readFrames counts the "id: " lines of a stream. One that a read cuts in two is counted with the next read.
func readFrames(conn net.Conn, c *tally) {
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return
	}
	mark := []byte("id: ")
	buf, kept := make([]byte, 32<<10), 0
	for {
		n, err := answer.Body.Read(buf[kept:])
		if err != nil {
			return
		}
		text := buf[:kept+n]
		if seen := bytes.Count(text, mark); seen > 0 {
			c.add(int64(seen))
		}
		kept = copy(buf, text[max(0, len(text)-len(mark)+1):])
	}
}
