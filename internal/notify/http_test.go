package notify_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/web"
	"gezhi/internal/notify"
)

// served is the API of an office; the token is the name of whoever asks.
func (o *office) served() *httptest.Server {
	api := web.New("test", o.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
		if token == "admin" {
			return admin, true, nil
		}
		return actor(token), true, nil
	}, nil)
	notify.Routes(api, o.Service, web.NewGate(o.clock, []byte("key"), nil))
	server := httptest.NewServer(api.Handler(false, nil))
	o.t.Cleanup(server.Close)
	return server
}

func ask(t *testing.T, server *httptest.Server, who, method, path, body string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := server.Client().Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text), answer.Header
}

func TestASecretLeavesInNoAnswer(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	server := o.served()
	const sender = `{"name":"短信","preset":"sms","audience":"phone","method":"POST","url":"https://gateway.example/send","headers":[],"body":"{to} {text} {secret}",
		"ok_field":"","ok_value":"","notices":["order"],"lang":"zh-CN","active":true,"secret":"s3cret-of-the-gateway"}`
	status, body, _ := ask(t, server, "admin", http.MethodPost, "/api/v1/notify/senders", sender)
	require.Equal(t, http.StatusCreated, status, body)
	require.Contains(t, body, `"has_secret":true`)
	_, list, _ := ask(t, server, "admin", http.MethodGet, "/api/v1/notify/senders", "")
	require.NotContains(t, body+list, "s3cret")
	for _, path := range []string{"/senders", "/messages", "/settings"} {
		status, _, _ := ask(t, server, "worker", http.MethodGet, "/api/v1/notify"+path, "")
		require.Equal(t, http.StatusForbidden, status, path)
		status, _, _ = ask(t, server, "", http.MethodGet, "/api/v1/notify"+path, "")
		require.Equal(t, http.StatusUnauthorized, status, path)
	}
}

// Strangers learn nothing from the answer, and cannot ask without end.
func TestTheAnswerToALostCodeIsAlwaysTheSame(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	server := o.served()
	const path = "/api/v1/public/lost-code"
	status, body, _ := ask(t, server, "", http.MethodPost, path, `{"phone":"13800001234"}`)
	require.Equal(t, http.StatusConflict, status)
	require.Contains(t, body, "notify.no_codes")
	o.sender("sms", "https://gateway.example/")
	o.matter("m1", "")
	o.world.phones["m1"] = "13800001234"
	var answers []string
	for _, phone := range []string{"13800001234", "13900009999", "13800001234"} {
		status, body, _ := ask(t, server, "", http.MethodPost, path, `{"phone":"`+phone+`","number":"260302-m1"}`)
		require.Equal(t, http.StatusAccepted, status)
		answers = append(answers, body)
	}
	require.Equal(t, []string{"", "", ""}, answers)
	var last int
	for range 20 {
		last, _, _ = ask(t, server, "", http.MethodPost, path, `{"phone":"13700001111"}`)
	}
	require.Contains(t, []int{http.StatusTooManyRequests, http.StatusPreconditionRequired}, last)
	for _, bad := range []string{`{}`, `{"phone":""}`, `{"phone":"x"}`, `{"phone":"13800001234","number":"` + strings.Repeat("1", 31) + `"}`} {
		status, _, _ := ask(t, server, "someone", http.MethodPost, path, bad)
		require.Contains(t, []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests}, status, bad)
	}
}
