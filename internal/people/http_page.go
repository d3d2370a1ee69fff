package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
)

// DemoAbout says in both languages what a demo account shows.
type DemoAbout struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// DemoAccountView is an account that the sign-in page of a demo offers.
type DemoAccountView struct {
	Login string    `json:"login"`
	Role  string    `json:"role"`
	Name  string    `json:"name"`
	Face  string    `json:"face" doc:"for whom it is: desk, unit, phone, window, supervisor, leader or admin"`
	About DemoAbout `json:"about"`
}

// PublicPage is what a face needs before anybody has signed in.
type PublicPage struct {
	Name        string            `json:"name" doc:"of the office"`
	Demo        bool              `json:"demo"`
	Accounts    []DemoAccountView `json:"accounts,omitempty" nullable:"false" doc:"only in a demo"`
	SetupNeeded bool              `json:"setup_needed"`
	Version     string            `json:"version"`
	Phone       string            `json:"phone" doc:"of the desk; empty while none is told"`
	Neighbours  []Line            `json:"neighbours" nullable:"false" doc:"whom to call about places that the office does not look after"`
}

func (h *handlers) pageRoutes(api *web.API) {
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/public/page", ID: "publicPage", Tag: "public",
		Summary: "What a face shows before anybody signs in", Access: web.Open()}, h.page)
}

func (h *handlers) page(ctx context.Context, _ *struct{}) (*answer[PublicPage], error) {
	office, err := h.s.Office(ctx)
	if err != nil {
		return nil, err
	}
	needed, err := h.s.SetupNeeded(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := h.s.Lines(ctx)
	if err != nil {
		return nil, err
	}
	out := PublicPage{Name: office.Name, SetupNeeded: needed, Phone: lines.Phone, Neighbours: lines.Neighbours}
	if h.s.opts.Page != nil {
		info := h.s.opts.Page()
		out.Demo, out.Version = info.Demo, info.Version
		for _, a := range info.Accounts {
			out.Accounts = append(out.Accounts, DemoAccountView{Login: a.Login, Role: a.Role, Name: a.Name, Face: a.Face, About: DemoAbout{a.AboutZh, a.AboutEn}})
		}
	}
	return bodyOf(out), nil
}
