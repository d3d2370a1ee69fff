package incident

import (
	"sync"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

// partnerRole is the role of another system that reports with a token.
const partnerRole = "partner"

// partnerGate holds each partner to the reports a minute that its account allows.
type partnerGate struct {
	service *Service
	mu      sync.Mutex
	limits  map[string]partnerLimit
}

type partnerLimit struct {
	rate    int64
	limiter *web.Limiter
}

// pass refuses a partner that reports faster than agreed, and one that reports through another channel than its own.
func (g *partnerGate) pass(actor authz.Actor, channel string) error {
	if !actor.HasRole(partnerRole) {
		return nil
	}
	if channel != "partner" && channel != "video" && channel != "sensor" {
		return invalid("channel", "channel.partner")
	}
	if g.service.PartnerRate == nil {
		return nil
	}
	rate := g.service.PartnerRate(actor.AccountID)
	if rate <= 0 {
		return nil
	}
	if ok, wait := g.limiter(actor.AccountID, rate).Allow(actor.AccountID); !ok {
		return fault.New(fault.TooMany, "too_many", "seconds", int(wait/time.Second)+1)
	}
	return nil
}

func (g *partnerGate) limiter(account string, rate int64) *web.Limiter {
	g.mu.Lock()
	defer g.mu.Unlock()
	l, ok := g.limits[account]
	if !ok || l.rate != rate {
		l = partnerLimit{rate, web.NewLimiter(g.service.Clock, time.Minute/time.Duration(rate), int(rate))}
		g.limits[account] = l
	}
	return l.limiter
}
