package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Pace is a measurement of the way from a report to the phone that it concerns.
type Pace struct {
	Phones   int
	Rate     int // reports a second
	Reports  int
	Arrived  int
	Answered Spread // of the report, from the moment at which it was to be sent
	OnPhone  Spread // from the moment at which the report was to be sent until its order was on a phone
}

// senders bounds how many reports are on their way at once.
const senders = 64

// straggle is how long a measurement waits for what is still on its way.
const straggle = 10 * time.Second

// Minute sends reports at a rate for some time, at moments that are fixed beforehand, so that a server that falls
// behind cannot slow its own measurement down, and learns from heard when each order was on a phone.
func Minute(o *Office, phones, rate int, length time.Duration, heard *Heard) (Pace, error) {
	p := Pace{Phones: phones, Rate: rate, Reports: rate * int(length.Seconds())}
	sent := &moments{Heard: heard, at: map[string]time.Time{}}
	begin := time.Now().Add(warmUp)
	jobs := make(chan int, p.Reports)
	for n := range p.Reports {
		jobs <- n
	}
	close(jobs)
	var mu sync.Mutex
	var answered []time.Duration
	var wg sync.WaitGroup
	var failed error
	for range senders {
		c, err := dial(o.Addr)
		if err != nil {
			return p, err
		}
		defer c.close()
		wg.Go(func() {
			for n := range jobs {
				due := begin.Add(time.Duration(n) * time.Second / time.Duration(rate))
				time.Sleep(time.Until(due))
				incident, err := o.report(c, n)
				mu.Lock()
				failed = errors.Join(failed, err)
				answered = append(answered, time.Since(due))
				mu.Unlock()
				if err != nil {
					return
				}
				if heard != nil {
					sent.sent(incident, due)
				}
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return p, failed
	}
	if heard == nil {
		p.Answered = spreadOf(answered)
		return p, nil
	}
	var all []time.Duration
	for deadline := time.Now().Add(straggle); ; time.Sleep(50 * time.Millisecond) {
		if all = sent.arrived(); len(all) >= p.Reports || time.Now().After(deadline) {
			break
		}
	}
	p.Arrived, p.Answered, p.OnPhone = len(all), spreadOf(answered), spreadOf(all)
	return p, nil
}

// Reports sends reports at a rate for some time and returns how long each took to be answered, from the moment at which
// it was to be sent.
func Reports(o *Office, rate int, length time.Duration) (Spread, error) {
	p, err := Minute(o, 0, rate, length, nil)
	return p.Answered, err
}

// report sends one report and returns its id.
func (o *Office) report(c *client, n int) (string, error) {
	place := o.Places[(n*7919)%len(o.Places)]
	body, err := json.Marshal(map[string]any{"text": texts[n%len(texts)], "channel": "hotline", "category": o.Category, "lon": place[0], "lat": place[1]})
	if err != nil {
		return "", err
	}
	key := "minute-" + strconv.FormatInt(time.Now().UnixNano(), 36) + "-" + strconv.Itoa(n)
	status, answer, err := c.call("POST", "/api/v1/incidents", o.Reporter[n%len(o.Reporter)], key, body)
	if err != nil {
		return "", err
	}
	_, rest, ok := bytes.Cut(answer, []byte(`"id":"`))
	if status != 201 || !ok || len(rest) < 26 {
		return "", fmt.Errorf("a report was answered with status %d: %s", status, answer)
	}
	return string(rest[:26]), nil
}

// Heard knows when orders were on a phone.
type Heard struct {
	mu    sync.Mutex
	phone map[string]time.Time
}

// Hear reads the lines of Phones until they end.
func Hear(lines *bufio.Scanner) *Heard {
	h := &Heard{phone: map[string]time.Time{}}
	go func() {
		for lines.Scan() {
			incident, at, ok := strings.Cut(lines.Text(), " ")
			micro, err := strconv.ParseInt(at, 10, 64)
			if !ok || err != nil {
				continue
			}
			h.mu.Lock()
			if _, known := h.phone[incident]; !known {
				h.phone[incident] = time.UnixMicro(micro)
			}
			h.mu.Unlock()
		}
	}()
	return h
}

// moments brings together when reports were due and when their orders were on a phone.
type moments struct {
	*Heard
	at map[string]time.Time
}

func (m *moments) sent(incident string, due time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at[incident] = due
}

// arrived returns how long each order took that is on a phone.
func (m *moments) arrived() []time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []time.Duration
	for incident, due := range m.at {
		if phone, ok := m.phone[incident]; ok {
			all = append(all, phone.Sub(due))
		}
	}
	return all
}

// PrintPace writes what was measured.
func PrintPace(w io.Writer, engine string, p Pace) {
	fmt.Fprintf(w, "%-9s %6d phones, %4d reports/s: %6d of %6d orders on a phone; answered p50 %7.1f p95 %7.1f p99 %7.1f ms; on the phone p50 %7.1f p95 %7.1f p99 %7.1f ms\n",
		engine, p.Phones, p.Rate, p.Arrived, p.Reports, ms(p.Answered.P50), ms(p.Answered.P95), ms(p.Answered.P99), ms(p.OnPhone.P50), ms(p.OnPhone.P95), ms(p.OnPhone.P99))
}
