package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"math/bits"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// Gate holds back floods from strangers. Above the rate of an address it asks for a challenge instead of refusing,
// because a whole compound may share one address: the browser has to find a number whose hash with the challenge
// begins with some zero bits, which takes it a second and a flood very long.
type Gate struct {
	clock   now.Clock
	writes  *Limiter
	looks   *Limiter
	trusted []netip.Prefix
	key     []byte
	mu      sync.Mutex
	used    map[string]time.Time
}

// challengeBits is the number of leading zero bits that an answer's hash needs.
const challengeBits = 18

// challengeLife is how long a challenge may be answered.
const challengeLife = 10 * time.Minute

// NewGate lets each address write 10 times and then once in 30 s, and look 120 times and then once a second, without
// being challenged. Trusted addresses are not counted. key signs challenges; nodes that share it share them.
func NewGate(clock now.Clock, key []byte, trusted []netip.Prefix) *Gate {
	return &Gate{clock: clock, writes: NewLimiter(clock, 30*time.Second, 10), looks: NewLimiter(clock, time.Second, 120), trusted: trusted, key: key,
		used: map[string]time.Time{}}
}

// ParseTrusted reads addresses and networks separated by commas, e.g. "127.0.0.1, 10.2.0.0/16".
func ParseTrusted(s string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !strings.Contains(part, "/") {
			a, err := netip.ParseAddr(part)
			if err != nil {
				return nil, err
			}
			list = append(list, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

func (g *Gate) trusts(client string) bool {
	a, err := netip.ParseAddr(client)
	if err != nil {
		return false
	}
	for _, p := range g.trusted {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// Pass lets a write through, or returns the fault "challenge" until answer is "challenge.number" with a right number.
func (g *Gate) Pass(ctx context.Context, answer string) error {
	client := Client(ctx)
	if Actor(ctx).Known() || g.trusts(client) {
		return nil
	}
	if answer != "" {
		if g.right(answer) {
			return nil
		}
		return fault.New(fault.Challenge, "challenge.wrong")
	}
	if ok, _ := g.writes.Allow(client); !ok {
		return fault.New(fault.Challenge, "challenge.needed")
	}
	return nil
}

// Look lets a read of something guessable through at a bounded rate.
func (g *Gate) Look(ctx context.Context) error {
	client := Client(ctx)
	if g.trusts(client) {
		return nil
	}
	if ok, wait := g.looks.Allow(client); !ok {
		return fault.New(fault.TooMany, "too_many", "seconds", int(wait.Seconds())+1)
	}
	return nil
}

func (g *Gate) sign(text string) string {
	m := hmac.New(sha256.New, g.key)
	m.Write([]byte("challenge " + text))
	return hex.EncodeToString(m.Sum(nil)[:16])
}

// Challenge returns a new challenge.
func (g *Gate) Challenge() string {
	text := strconv.FormatInt(g.clock.Now().Unix(), 36) + "-" + id.Token(8)
	return text + "-" + g.sign(text)
}

func (g *Gate) right(answer string) bool {
	challenge, _, ok := strings.Cut(answer, ".")
	at := strings.LastIndexByte(challenge, '-')
	if !ok || at < 0 || len(answer) > 200 || !hmac.Equal([]byte(g.sign(challenge[:at])), []byte(challenge[at+1:])) {
		return false
	}
	made, err := strconv.ParseInt(challenge[:strings.IndexByte(challenge, '-')], 36, 64)
	if err != nil || g.clock.Now().Sub(time.Unix(made, 0)) > challengeLife {
		return false
	}
	sum := sha256.Sum256([]byte(answer))
	zeros := 0
	for _, b := range sum {
		zeros += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return zeros >= challengeBits && g.once(challenge)
}

// once lets each challenge be used one time.
func (g *Gate) once(challenge string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := g.clock.Now()
	for c, t := range g.used {
		if at.Sub(t) > challengeLife {
			delete(g.used, c)
		}
	}
	if _, ok := g.used[challenge]; ok {
		return false
	}
	g.used[challenge] = at
	return true
}

type challengeOut struct {
	Body struct {
		Challenge string `json:"challenge"`
		Bits      int    `json:"bits" doc:"find n so that SHA-256 of challenge + '.' + n begins with this many zero bits"`
	}
}

// GateRoutes adds the route that hands out challenges.
func GateRoutes(api *API, g *Gate) {
	Register(api, Route{Method: http.MethodGet, Path: "/api/v1/public/challenge", ID: "getChallenge", Tag: "resident",
		Summary: "A challenge for the browser, to be answered in X-Gezhi-Challenge", Access: Open()}, func(context.Context, *struct{}) (*challengeOut, error) {
		out := &challengeOut{}
		out.Body.Challenge, out.Body.Bits = g.Challenge(), challengeBits
		return out, nil
	})
}
