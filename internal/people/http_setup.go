package people

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// local tells whether a request was made on this machine: connection, address behind a proxy and host name all say
// so. The host name keeps out a web page elsewhere that has its own name point here, the origin one that merely sends.
type local struct{ here bool }

// Resolve looks at where the request comes from.
func (l *local) Resolve(hc huma.Context) []error {
	host := hc.Host()
	l.here = loopback(hc.RemoteAddr()) && loopback(host) && loopback(web.Client(hc.Context()))
	for _, name := range []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded"} {
		if v := hc.Header(name); v != "" && !loopback(v) {
			l.here = false
		}
	}
	if origin := hc.Header("Origin"); origin != "" {
		u, err := url.Parse(origin)
		l.here = l.here && err == nil && u.Host == host
	}
	return nil
}

// loopback tells whether an address or host, with or without a port, is this machine.
func loopback(address string) bool {
	host := address
	if h, _, err := net.SplitHostPort(address); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

type setupStateInput struct{ local }

// SetupState tells whether the set-up page is open.
type SetupState struct {
	Needed bool `json:"needed" doc:"no account exists yet"`
	Here   bool `json:"here" doc:"this request came from the machine itself, where alone set-up is possible"`
}

// SetupAdmin is one of the first administrators.
type SetupAdmin struct {
	Login    string `json:"login" maxLength:"200"`
	Name     string `json:"name" maxLength:"200"`
	Password string `json:"password" maxLength:"512"`
}

// SetupFields is what the first start asks for.
type SetupFields struct {
	Name     string `json:"name" maxLength:"200" doc:"of the office"`
	OneAdmin bool   `json:"one_admin,omitempty" doc:"system and security may be one person; forbidden at classified protection level 3"`
	Suite    string `json:"suite,omitempty" enum:"sm,aes"`
	Admins   struct {
		System   SetupAdmin `json:"system"`
		Security SetupAdmin `json:"security"`
		Audit    SetupAdmin `json:"audit"`
	} `json:"admins"`
}

type setupInput struct {
	local
	Body SetupFields
}

// OfficeView is the office's settings with the codes of what is warned about.
type OfficeView struct {
	Name     string   `json:"name"`
	OneAdmin bool     `json:"one_admin"`
	Warnings []string `json:"warnings" nullable:"false"`
	Suite    string   `json:"suite" doc:"cipher suite of the key file: sm or aes"`
}

// OfficeFields are the settings of the office.
type OfficeFields struct {
	Name     string `json:"name" maxLength:"200"`
	OneAdmin bool   `json:"one_admin"`
}

type officeInput struct{ Body OfficeFields }

func (h *handlers) setupRoutes(api *web.API) {
	route := func(method, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/setup", ID: id, Tag: "setup", Summary: summary, Access: web.Open(),
			MaxBody: maxSignInBody, NoKeep: true}
	}
	web.Register(api, route(http.MethodGet, "setupState", "Whether the first administrators are still missing"),
		func(ctx context.Context, in *setupStateInput) (*answer[SetupState], error) {
			needed, err := h.s.SetupNeeded(ctx)
			if err != nil {
				return nil, err
			}
			return bodyOf(SetupState{Needed: needed, Here: in.here}), nil
		})
	web.Register(api, route(http.MethodPost, "setUp", "Make the first administrators, once, on the machine itself"), h.setUp)
}

func (h *handlers) setUp(ctx context.Context, in *setupInput) (*answer[OfficeView], error) {
	if !in.here {
		return nil, fault.New(fault.Forbidden, "setup.loopback_only")
	}
	b := in.Body
	office := Office{Name: b.Name, OneAdmin: b.OneAdmin}
	err := h.s.SetUp(ctx, Setup{Office: office, Suite: b.Suite, Admins: map[Administration]FirstAdmin{
		SystemAdmin: FirstAdmin(b.Admins.System), SecurityAdmin: FirstAdmin(b.Admins.Security), AuditAdmin: FirstAdmin(b.Admins.Audit),
	}})
	if err != nil {
		return nil, err
	}
	return bodyOf(h.officeView(office)), nil
}

func (h *handlers) officeRoutes(api *web.API) {
	route := func(method, id, summary string, access web.Access) web.Route {
		return web.Route{Method: method, Path: "/api/v1/office", ID: id, Tag: "office", Summary: summary, Access: access}
	}
	web.Register(api, route(http.MethodGet, "getOffice", "Settings of the office", web.SignedIn()),
		func(ctx context.Context, _ *struct{}) (*answer[OfficeView], error) {
			o, err := h.s.Office(ctx)
			if err != nil {
				return nil, err
			}
			return bodyOf(h.officeView(o)), nil
		})
	web.Register(api, route(http.MethodPut, "updateOffice", "Change the settings of the office", web.Need(perm.SettingsManage)),
		func(ctx context.Context, in *officeInput) (*answer[OfficeView], error) {
			o, err := h.s.UpdateOffice(ctx, web.Actor(ctx), Office(in.Body))
			if err != nil {
				return nil, err
			}
			return bodyOf(h.officeView(o)), nil
		})
}

func (h *handlers) officeView(o Office) OfficeView {
	return OfficeView{Name: o.Name, OneAdmin: o.OneAdmin, Warnings: o.Warnings(), Suite: h.s.opts.Suite}
}
