package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// Question is a question about figures with how long its answers took.
type Question struct {
	Name string
	Took Spread
	Size int // bytes of the last answer
}

// Ask asks for pages, each path once, and returns how long the answers took.
func Ask(o *Office, name string, paths []string) (Question, error) {
	q := Question{Name: name}
	c, err := dial(o.Addr)
	if err != nil {
		return q, err
	}
	defer c.close()
	var all []time.Duration
	for _, path := range paths {
		began := time.Now()
		status, body, err := c.call("GET", path, o.Reporter[0], "", nil)
		if err != nil {
			return q, err
		}
		if status != 200 {
			return q, fmt.Errorf("%s was answered with status %d: %s", path, status, body)
		}
		all = append(all, time.Since(began))
		q.Size = len(body)
	}
	q.Took = spreadOf(all)
	return q, nil
}

// Stale returns how long it takes from the answer to a report until a wall that asks all the time shows it.
func Stale(o *Office, area string, reports int) (Spread, error) {
	wall, err := dial(o.Addr)
	if err != nil {
		return Spread{}, err
	}
	defer wall.close()
	desk, err := dial(o.Addr)
	if err != nil {
		return Spread{}, err
	}
	defer desk.close()
	path := "/api/v1/figures/board?area=" + url.QueryEscape(area)
	received := func() (n int, err error) {
		var board struct {
			Today struct {
				Received int `json:"received"`
			} `json:"today"`
		}
		status, body, err := wall.call("GET", path, o.Reporter[0], "", nil)
		if err == nil && status != 200 {
			err = fmt.Errorf("a board was answered with status %d: %s", status, body)
		}
		if err == nil {
			err = json.NewDecoder(bytes.NewReader(body)).Decode(&board)
		}
		return board.Today.Received, err
	}
	var all []time.Duration
	for n := range reports {
		before, err := received()
		if err != nil {
			return Spread{}, err
		}
		if _, err := o.report(desk, n); err != nil {
			return Spread{}, err
		}
		began := time.Now()
		for now := before; now == before; {
			time.Sleep(20 * time.Millisecond)
			if now, err = received(); err != nil {
				return Spread{}, err
			}
			if time.Since(began) > callLimit {
				return Spread{}, fmt.Errorf("report %s never showed", strconv.Itoa(n))
			}
		}
		all = append(all, time.Since(began))
	}
	return spreadOf(all), nil
}
