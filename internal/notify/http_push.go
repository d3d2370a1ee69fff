package notify

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"gezhi/internal/kit/now"
)

// wakeLife is how long a push service keeps a wake-up for a phone that is off, in seconds: older work is on the list
// anyway.
const wakeLife = "3600"

// vapid is the key pair with which this office shows itself to push services (RFC 8292).
type vapid struct {
	private *ecdsa.PrivateKey
	subject string // where a push service finds whoever sends, an https address
}

var b64 = base64.RawURLEncoding

// newVapidKey makes a private key, as text.
func newVapidKey() (string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	raw, err := key.Bytes()
	return b64.EncodeToString(raw), err
}

// readVapidKey reads what newVapidKey made.
func readVapidKey(text string) (*ecdsa.PrivateKey, error) {
	raw, err := b64.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
}

// publicKey is what a browser subscribes with.
func publicKey(private *ecdsa.PrivateKey) (string, error) {
	raw, err := private.PublicKey.Bytes()
	return b64.EncodeToString(raw), err
}

// token returns the signed statement for one push service, good for half a day.
func (v vapid) token(origin string, at time.Time) (string, error) {
	part := func(x any) string {
		b, err := json.Marshal(x)
		if err != nil {
			return "" // strings and numbers always marshal
		}
		return b64.EncodeToString(b)
	}
	text := part(map[string]string{"typ": "JWT", "alg": "ES256"}) + "." +
		part(map[string]any{"aud": origin, "exp": at.Add(12 * time.Hour).Unix(), "sub": v.subject})
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, v.private, sum[:])
	if err != nil {
		return "", err
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return text + "." + b64.EncodeToString(signature), nil
}

// waker wakes one browser. The request has no body at all, so nothing of the work ever reaches a push service and no
// key of the browser needs to be kept (RFC 8030, section 5).
type waker struct {
	vapid  vapid
	clock  now.Clock
	client *http.Client
}

// wake sends the wake-up to an endpoint. A failure "gone" means that the browser no longer listens there.
func (w waker) wake(ctx context.Context, endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return &Failure{Code: "gone", Final: true}
	}
	token, err := w.vapid.token(u.Scheme+"://"+u.Host, w.clock.Now())
	if err != nil {
		return err
	}
	public, err := publicKey(w.vapid.private)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, nil)
	if err != nil {
		return &Failure{Code: "gone", Final: true}
	}
	request.Header.Set("Authorization", "vapid t="+token+", k="+public)
	request.Header.Set("TTL", wakeLife)
	request.Header.Set("Urgency", "high")
	request.Header.Set("Topic", "work") // a newer wake-up takes the place of one not yet delivered
	answer, err := w.client.Do(request)
	if err != nil {
		return failed(err)
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	switch {
	case answer.StatusCode >= 200 && answer.StatusCode < 300:
		return nil
	case err != nil && !errors.Is(err, io.EOF):
		return failed(err)
	}
	return judged(answer.StatusCode)
}
