package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Calls are the calls of one loop, in order.
var Calls = []string{"create", "dispatch", "accept_order", "handle", "check_pass", "list"}

// worker carries one incident after the other through the loop.
type worker struct {
	*Office
	*client
	n    int // of this worker
	done int // loops
	took [6][]time.Duration
	rate func() bool // whether figures count already
}

// loop carries one incident through all calls.
func (w *worker) loop() error {
	turn := w.n*100_003 + w.done
	place, pick := w.Places[turn%len(w.Places)], func(list []string) string { return list[turn%len(list)] }
	body, err := json.Marshal(map[string]any{
		"text": texts[turn%len(texts)], "channel": "hotline", "category": w.Category, "lon": place[0], "lat": place[1], "address": "福兴街12号",
		"reporter": map[string]string{"name": "王小明", "phone": fmt.Sprintf("138%08d", turn%100_000_000)},
	})
	if err != nil {
		return err
	}
	key := "bench-" + strconv.Itoa(w.n) + "-" + strconv.Itoa(w.done)
	answer, err := w.timed(0, "POST", "/api/v1/incidents", pick(w.Reporter), key, body, 201)
	if err != nil {
		return err
	}
	_, rest, ok := bytes.Cut(answer, []byte(`"id":"`))
	if !ok || len(rest) < 26 {
		return fmt.Errorf("no id in %s", answer)
	}
	path := "/api/v1/incidents/" + string(rest[:26]) + "/actions/"
	for n, step := range []struct{ do, token, body string }{
		{"dispatch", pick(w.Reporter), `{"unit":"` + w.Unit + `"}`},
		{"accept_order", pick(w.Handler), `{}`},
		{"handle", pick(w.Handler), `{"result":"已派人到现场处理完毕，恢复正常。"}`},
		{"check_pass", pick(w.Checker), `{}`},
	} {
		if _, err := w.timed(n+1, "POST", path+step.do, step.token, key, []byte(step.body), 200); err != nil {
			return err
		}
	}
	_, err = w.timed(5, "GET", "/api/v1/incidents", pick(w.Reporter), "", nil, 200)
	w.done++
	return err
}

func (w *worker) timed(call int, method, path, token, key string, body []byte, want int) ([]byte, error) {
	began := time.Now()
	status, answer, err := w.call(method, path, token, key, body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Calls[call], err)
	}
	if status != want {
		return nil, fmt.Errorf("%s: status %d: %s", Calls[call], status, answer)
	}
	if w.rate() {
		w.took[call] = append(w.took[call], time.Since(began))
	}
	return answer, nil
}
