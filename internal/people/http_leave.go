package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// LeavingView is a decision that somebody leaves.
type LeavingView struct {
	At     int64      `json:"at" doc:"unix ms"`
	To     *PlaceName `json:"to,omitempty" doc:"who gets the orders; missing: their units"`
	State  LeaveState `json:"state" enum:"planned,done,undone"`
	Orders int        `json:"orders" doc:"that were handed on"`
}

// GapView is a place without anybody in a role.
type GapView struct {
	Area     PlaceName `json:"area"`
	RoleName RoleName  `json:"role_name"`
}

// LeaveOutlookView is what is to be settled before somebody leaves.
type LeaveOutlookView struct {
	Orders   []OpenOrder  `json:"orders" nullable:"false"`
	Gaps     []GapView    `json:"gaps" nullable:"false" doc:"places that nobody else holds the role in"`
	Sessions int          `json:"sessions"`
	Planned  *LeavingView `json:"planned,omitempty"`
}

type leaveInput struct {
	ByID
	Body struct {
		At int64  `json:"at,omitempty" minimum:"0" doc:"unix ms; missing or past: now"`
		To string `json:"to,omitempty" maxLength:"64" doc:"account that gets the orders; missing: their units"`
	}
}

func (h *handlers) leaveRoutes(api *web.API) {
	manage := web.Need(perm.AccountManage)
	web.Register(api, accountRoute(http.MethodGet, "/{id}/leaving", "leaveOutlook", "What is to be settled before somebody leaves", manage),
		func(ctx context.Context, in *ByID) (*answer[LeaveOutlookView], error) {
			o, err := h.s.LeaveOutlook(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			roles, err := h.s.roleIndex(ctx)
			if err != nil {
				return nil, err
			}
			v := LeaveOutlookView{Orders: o.Orders, Gaps: []GapView{}, Sessions: o.Sessions}
			if v.Orders == nil {
				v.Orders = []OpenOrder{}
			}
			for _, g := range o.Gaps {
				v.Gaps = append(v.Gaps, GapView{PlaceName{g.Area, g.Name}, RoleName{roles[g.Role].NameZh, roles[g.Role].NameEn}})
			}
			if o.Planned != nil {
				v.Planned = h.leavingView(*o.Planned)
			}
			return bodyOf(v), nil
		})
	web.Register(api, accountRoute(http.MethodPost, "/{id}/leaving", "leave", "Decide that somebody leaves: posts, sessions and open orders", manage),
		func(ctx context.Context, in *leaveInput) (*answer[LeavingView], error) {
			l, err := h.s.Leave(ctx, web.Actor(ctx), in.ID, in.Body.At, in.Body.To)
			if err != nil {
				return nil, err
			}
			return bodyOf(*h.leavingView(l)), nil
		})
	web.Register(api, accountRoute(http.MethodDelete, "/{id}/leaving", "undoLeave", "Take back a leaving whose time has not come", manage),
		func(ctx context.Context, in *ByID) (*answer[AccountView], error) {
			a, err := h.s.UndoLeave(ctx, web.Actor(ctx), in.ID)
			return h.accountAnswer(ctx, a, err)
		})
}

func (h *handlers) leavingView(l Leaving) *LeavingView {
	v := &LeavingView{At: l.At, State: l.State, Orders: l.Orders}
	if l.To != "" {
		v.To = &PlaceName{ID: l.To, Name: h.s.directory.PersonName(l.To)}
	}
	return v
}
