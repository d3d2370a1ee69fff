package notify_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/notify"
)

func (o *office) pushOn() {
	_, err := o.UpdateSettings(o.t.Context(), admin, notify.Settings{Site: "https://gezhi.example", Push: true})
	require.NoError(o.t, err)
}

func TestWakingIsOffUntilTheOfficeAndThePersonWantIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		li := actor(o.account("li", ""))
		browser := receive(t, status(201))
		require.True(t, fault.Is(o.Subscribe(t.Context(), li, browser.URL), "notify.push_off"))
		_, err := o.UpdateSettings(t.Context(), admin, notify.Settings{Push: true})
		require.Equal(t, map[string]string{"site": "field.required"}, codes(t, err))
		o.pushOn()
		o.matter("m1", li.AccountID)
		o.happens("m1", "dispatch", "order-m1")
		o.round()
		require.Empty(t, browser.got())
		require.NoError(t, o.Subscribe(t.Context(), li, browser.URL))
		o.happens("m1", "transfer", "order-m1")
		o.round()
		require.Equal(t, []string{""}, browser.got(), "a wake-up holds nothing")
		choice, err := o.Choice(t.Context(), li)
		require.NoError(t, err)
		require.Equal(t, 1, choice.Devices)
		require.NoError(t, o.Unsubscribe(t.Context(), li, browser.URL))
		o.happens("m1", "transfer", "order-m1")
		o.round()
		require.Len(t, browser.got(), 1)
	})
}

// The statement to the push service is signed with the key that browsers subscribed with, says to whom and until when.
func TestAWakeUpIsSignedForItsPushService(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	o.pushOn()
	li := actor(o.account("li", ""))
	browser := receive(t, status(201))
	require.NoError(t, o.Subscribe(t.Context(), li, browser.URL+"/wake/abc"))
	o.matter("m1", li.AccountID)
	o.happens("m1", "dispatch", "order-m1")
	o.round()
	require.Len(t, browser.heads, 1)
	head := browser.heads[0]
	require.NotEmpty(t, head.Get("TTL"))
	token, key, ok := strings.Cut(strings.TrimPrefix(head.Get("Authorization"), "vapid t="), ", k=")
	require.True(t, ok)
	choice, err := o.Choice(t.Context(), li)
	require.NoError(t, err)
	require.Equal(t, choice.Push, key)
	parts := strings.Split(token, ".")
	require.Len(t, parts, 3)
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &claims))
	require.Equal(t, browser.URL, claims.Aud)
	require.Equal(t, "https://gezhi.example", claims.Sub)
	require.Equal(t, begin.Add(12*time.Hour).Unix(), claims.Exp)
	point, err := base64.RawURLEncoding.DecodeString(key)
	require.NoError(t, err)
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	require.NoError(t, err)
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	require.NoError(t, err)
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	require.True(t, ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])))
}

func TestABrowserThatIsGoneIsForgotten(t *testing.T) {
	for _, code := range []int{http.StatusNotFound, http.StatusGone} {
		o := open(t, dbtest.Lite(t))
		o.pushOn()
		li := actor(o.account("li", ""))
		gone, well := receive(t, status(code)), receive(t, status(201))
		require.NoError(t, o.Subscribe(t.Context(), li, gone.URL))
		require.NoError(t, o.Subscribe(t.Context(), li, well.URL))
		o.matter("m1", li.AccountID)
		o.happens("m1", "dispatch", "order-m1")
		o.happens("m1", "transfer", "order-m1")
		o.round()
		o.round()
		require.Len(t, gone.got(), 1)
		require.Len(t, well.got(), 2)
	}
}

func TestAPushServiceThatIsDownIsTriedAgain(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	o.pushOn()
	li := actor(o.account("li", ""))
	browser := receive(t, status(503))
	require.NoError(t, o.Subscribe(t.Context(), li, browser.URL))
	o.matter("m1", li.AccountID)
	o.happens("m1", "dispatch", "order-m1")
	o.round()
	require.Len(t, o.list(notify.Waiting), 1)
	browser.turn(status(201))
	o.clock.Advance(time.Minute)
	o.round()
	require.Len(t, o.list(notify.Gone), 1)
}

// Work that waits for anybody of a unit wakes all of them; work in somebody's hands wakes them alone.
func TestWhoIsWoken(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	o.pushOn()
	li, wang := actor(o.account("li", "")), actor(o.account("wang", ""))
	first, second := receive(t, status(201)), receive(t, status(201))
	require.NoError(t, o.Subscribe(t.Context(), li, first.URL))
	require.NoError(t, o.Subscribe(t.Context(), wang, second.URL))
	o.world.units["station"] = []string{li.AccountID, wang.AccountID}
	o.matter("pooled", "")
	o.happens("pooled", "dispatch", "order-pooled")
	o.round()
	require.Len(t, first.got(), 1)
	require.Len(t, second.got(), 1)
	o.matter("held", wang.AccountID)
	o.happens("held", "dispatch", "order-held")
	o.round()
	require.Len(t, first.got(), 1)
	require.Len(t, second.got(), 2)
}

func TestEndpointsThatNoBrowserHas(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	o.pushOn()
	li := actor(o.account("li", ""))
	for _, endpoint := range []string{"", "http://push.example/x", "javascript:alert(1)", "https://", "https://a:b@push.example/"} {
		require.Error(t, o.Subscribe(t.Context(), li, endpoint), endpoint)
	}
	for n := range 12 {
		require.NoError(t, o.Subscribe(t.Context(), li, "https://push.example/"+string(rune('a'+n))))
	}
	choice, err := o.Choice(t.Context(), li)
	require.NoError(t, err)
	require.Equal(t, 10, choice.Devices, "the oldest are given up")
}
