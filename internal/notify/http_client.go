package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// sendTimeout bounds one attempt from the first packet to the last byte of the answer.
const sendTimeout = 10 * time.Second

// maxAnswer is how much of an answer is read.
const maxAnswer = 64 << 10

var errBlocked = errors.New("notify: an address inside the own network")

// newClient returns a client that goes to public addresses, and to others only where the operator allowed their
// network. The check is made on the address that is dialled, after the name was looked up, so that no name leads past
// it; there are no redirects and no proxy for the same reason.
func newClient(allowed []netip.Prefix, timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !reachable(at.Addr().Unmap(), allowed) {
			return errBlocked
		}
		return nil
	}}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: timeout,
			MaxResponseHeaderBytes: 32 << 10, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}},
	}
}

// shared is the range of carrier networks, which is no public address either.
var shared = netip.MustParsePrefix("100.64.0.0/10")

func reachable(a netip.Addr, allowed []netip.Prefix) bool {
	for _, p := range allowed {
		if p.Contains(a) {
			return true
		}
	}
	return a.IsGlobalUnicast() && !a.IsPrivate() && !shared.Contains(a)
}

// failed turns an error of the connection into a failure without the address that the error's text holds.
func failed(err error) *Failure {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.Is(err, errBlocked):
		return &Failure{Code: "blocked"}
	case errors.As(err, &certificate) || errors.As(err, &record):
		return &Failure{Code: "tls"}
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		return &Failure{Code: "timeout"}
	}
	return &Failure{Code: "connect"}
}

// judged tells what a status that is no success means: the receiver's trouble may pass, what it does not want of this
// message stays unwanted.
func judged(status int) *Failure {
	f := &Failure{Code: "status", Status: status}
	switch status {
	case http.StatusNotFound, http.StatusGone:
		f.Code = "gone"
	case http.StatusUnauthorized, http.StatusForbidden:
		f.Code = "refused"
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		f.Final = true
	}
	return f
}

// client is what messages go out with.
type client = *http.Client

// inside tells whether a literal address lies in one of the networks.
func inside(host string, allowed []netip.Prefix) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(allowed, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
}
