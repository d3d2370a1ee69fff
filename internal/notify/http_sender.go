package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"gezhi/internal/kit/now"
)

// template sends messages as one HTTP request each, made from what people set up.
type template struct {
	config Config
	secret string
	clock  now.Clock
	client *http.Client
}

// Send fills the template and sends it. An answer counts when its status is 2xx and the field that was named, if any,
// has the value that was named.
func (t *template) Send(ctx context.Context, m Message) error {
	request, err := t.request(ctx, m)
	if err != nil {
		return &Failure{Code: "connect", Final: true}
	}
	answer, err := t.client.Do(request)
	if err != nil {
		return failed(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return failed(err)
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return judged(answer.StatusCode)
	}
	if t.config.OKField != "" && fieldOf(body, t.config.OKField) != t.config.OKValue {
		return &Failure{Code: "answer", Status: answer.StatusCode}
	}
	return nil
}

func (t *template) request(ctx context.Context, m Message) (*http.Request, error) {
	v := values(m, t.secret, t.clock.Now())
	kind := ""
	for _, h := range t.config.Headers {
		if strings.EqualFold(h.Name, "Content-Type") {
			kind = strings.ToLower(h.Value)
		}
	}
	var body io.Reader
	if t.config.Method != http.MethodGet {
		body = strings.NewReader(fill(t.config.Body, v, escapeFor(kind)))
	}
	request, err := http.NewRequestWithContext(ctx, t.config.Method, fill(t.config.URL, v, inURL), body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "gezhi")
	for _, h := range t.config.Headers {
		request.Header.Set(h.Name, fill(h.Value, v, inHeader))
	}
	return request, nil
}

// fieldOf returns a field of a JSON answer as text, ” when it is not there.
func fieldOf(body []byte, path string) string {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return ""
	}
	for _, part := range strings.Split(path, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return ""
		}
		v = object[part]
	}
	switch x := v.(type) {
	case string:
		return x
	case nil, map[string]any, []any:
		return ""
	}
	return fmt.Sprint(v)
}

// timed is how long one message took, for whoever tries a sender.
func timed(clock now.Clock, send func() error) (time.Duration, error) {
	start := clock.Now()
	err := send()
	return clock.Now().Sub(start), err
}
