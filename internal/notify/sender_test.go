package notify_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/notify"
)

func codes(t *testing.T, err error) map[string]string {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	out := map[string]string{}
	for _, field := range f.Fields {
		out[field.Field] = field.Code
	}
	return out
}

func TestEverythingWrongWithASenderComesAtOnce(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	_, err := o.CreateSender(t.Context(), admin, notify.Config{Preset: "carrier pigeon", Audience: "all", Method: "DELETE", URL: "ftp://x", Lang: "fr",
		Headers: []notify.Header{{Name: "Host", Value: "x"}}, Body: "{whatever}", OKField: "a b", Notices: []string{"gossip"}}, "")
	require.Equal(t, map[string]string{"name": "field.required", "preset": "field.choice", "audience": "field.choice", "method": "field.choice", "url": "notify.url",
		"lang": "field.choice", "headers": "notify.header", "body": "notify.unknown_value", "ok_field": "field.pattern", "ok_value": "field.required", "notices": "field.choice"}, codes(t, err))
	_, err = o.CreateSender(t.Context(), actor("worker"), presetOf("webhook"), "")
	require.True(t, fault.Is(err, "forbidden"))
}

func TestAddressesThatASenderMayNotHave(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	for address, code := range map[string]string{
		"":                                      "field.required",
		"https://":                              "notify.url",
		"gateway.example/send":                  "notify.url",
		"file:///etc/passwd":                    "notify.url",
		"https://{to}.example/":                 "notify.url",
		"https://user:word@gateway.example/":    "notify.secret_in_url",
		"https://gateway.example/?key=4f3a":     "notify.secret_in_url",
		"https://gateway.example/ x":            "notify.url",
		"https://gateway.example/?q={nonsense}": "notify.unknown_value",
	} {
		c := presetOf("webhook")
		c.Name, c.URL = "x", address
		_, err := o.CreateSender(t.Context(), admin, c, "")
		require.Equal(t, map[string]string{"url": code}, codes(t, err), address)
	}
}

func TestASecretIsSealedNeverShownAndNotCarriedAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		c := o.sender("sms", "https://gateway.example/send")
		var kept string
		require.NoError(t, d.Read().QueryRowContext(t.Context(), `SELECT secret FROM senders`).Scan(&kept))
		require.NotContains(t, kept, "s3cret")
		moved := c
		moved.URL = "https://elsewhere.example/send"
		_, err := o.UpdateSender(t.Context(), admin, moved, nil)
		require.Equal(t, map[string]string{"secret": "notify.secret_again"}, codes(t, err))
		own := "another"
		moved, err = o.UpdateSender(t.Context(), admin, moved, &own)
		require.NoError(t, err)
		_, err = o.UpdateSender(t.Context(), admin, c, nil)
		require.Equal(t, map[string]string{"secret": "notify.secret_again"}, codes(t, err))
		c.URL = moved.URL
		_, err = o.UpdateSender(t.Context(), admin, c, nil)
		require.True(t, fault.Is(err, "stale"))
	})
}

// Addresses of the own network are refused when they are dialled, whatever name led there; only what the operator of
// the machine allowed is reached.
func TestOnlyAllowedNetworksInsideAreReached(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	robot := receive(t, nil)
	for address, code := range map[string]string{
		robot.URL: "",
		strings.Replace(robot.URL, "127.0.0.1", "localhost", 1): "",
		"http://10.1.2.3/":                         "blocked",
		"http://192.168.1.1/":                      "blocked",
		"http://169.254.169.254/latest/meta-data/": "blocked",
		"http://100.64.0.1/":                       "blocked",
		"http://0.0.0.0/":                          "blocked",
		"http://[::1]/":                            "blocked",
		"http://[fe80::1]/":                        "blocked",
		"http://[fd00::1]/":                        "blocked",
		"http://[::ffff:10.0.0.1]/":                "blocked",
		"http://224.0.0.1/":                        "blocked",
	} {
		c := o.sender("webhook", address)
		tried, err := o.Try(t.Context(), admin, c.ID, "")
		require.NoError(t, err)
		require.Equal(t, code, tried.Code, address)
	}
}

// Values are escaped for where they stand: none can change the form of a message.
func TestValuesCannotChangeTheFormOfAMessage(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	gateway := receive(t, nil)
	c := presetOf("sms")
	c.Name, c.URL = "x", gateway.URL+"/?q={secret}"
	c.Headers = append(c.Headers, notify.Header{Name: "X-Key", Value: "{secret}"})
	secret := `a"&b={"x":1}`
	c, err := o.CreateSender(t.Context(), admin, c, secret)
	require.NoError(t, err)
	var query string
	gateway.turn(func(_ http.ResponseWriter, r *http.Request) { query = r.URL.Query().Get("q") })
	tried, err := o.Try(t.Context(), admin, c.ID, "13800001234")
	require.NoError(t, err)
	require.True(t, tried.OK)
	var body map[string]string
	require.NoError(t, json.Unmarshal([]byte(gateway.got()[0]), &body))
	require.Equal(t, secret, body["apikey"])
	require.Equal(t, "13800001234", body["mobile"])
	require.Equal(t, secret, query)
	require.Equal(t, secret, gateway.heads[0].Get("X-Key"))
	_, err = o.Try(t.Context(), admin, c.ID, "not a phone")
	require.Equal(t, map[string]string{"to": "field.phone"}, codes(t, err))
}

// The signature is that of DingTalk's own description, for a known key and time.
func TestDingTalkSignature(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	robot := receive(t, nil)
	c := presetOf("dingtalk")
	c.Name, c.URL, c.OKField, c.OKValue = "钉钉", robot.URL+"/robot/send?access_token={secret}&timestamp={timestamp}&sign={sign}", "", ""
	c, err := o.CreateSender(t.Context(), admin, c, "TOKEN SECkey")
	require.NoError(t, err)
	var got *http.Request
	robot.turn(func(_ http.ResponseWriter, r *http.Request) { got = r.Clone(context.Background()) })
	_, err = o.Try(t.Context(), admin, c.ID, "")
	require.NoError(t, err)
	require.Equal(t, "TOKEN", got.URL.Query().Get("access_token"))
	require.Equal(t, "1772413200000", got.URL.Query().Get("timestamp"))
	require.Equal(t, "zmYeHUAc+UWAbGEhPf8PHz53SQfTsLB26GpYdgw542g=", got.URL.Query().Get("sign"))
}

func TestAGroupHearsNothingThatIsForWhoeverReported(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	c := presetOf("wecom")
	c.Name, c.Notices = "x", []string{notify.Order, notify.Closed}
	_, err := o.CreateSender(t.Context(), admin, c, "k")
	require.Equal(t, map[string]string{"notices": "notify.group_resident"}, codes(t, err))
	c = presetOf("sms")
	c.Name, c.URL, c.Body = "x", "https://gateway.example/", `{"text":"{text}"}`
	_, err = o.CreateSender(t.Context(), admin, c, "")
	require.Equal(t, map[string]string{"body": "notify.needs_to"}, codes(t, err))
}
