package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// RoleFields is what can be said about a role.
type RoleFields struct {
	Name        RoleName           `json:"name"`
	Reach       string             `json:"reach" enum:"area,unit,both,none"`
	Permissions []authz.Permission `json:"permissions" maxItems:"100" nullable:"false"`
	Sort        int64              `json:"sort,omitempty" minimum:"0" maximum:"1000000"`
}

// RoleNew is a role to be made.
type RoleNew struct {
	Code string `json:"code" maxLength:"40"`
	RoleFields
}

// RoleChange replaces what is said about a role, over the version that was read.
type RoleChange struct {
	RoleFields
	Version int64 `json:"version"`
}

func (r RoleFields) role(code string) Role {
	return Role{Code: code, NameZh: r.Name.Zh, NameEn: r.Name.En, Reach: authz.Reach(r.Reach), Permissions: r.Permissions, Sort: r.Sort}
}

// RoleMatrix is every role and every permission there is.
type RoleMatrix struct {
	Items       []RoleView         `json:"items" nullable:"false"`
	Permissions []authz.Permission `json:"permissions" nullable:"false" doc:"all, in the order of the matrix"`
}

type roleCreateInput struct{ Body RoleNew }

type roleUpdateInput struct {
	Code string `path:"code" maxLength:"40"`
	Body RoleChange
}

func (h *handlers) roleRoutes(api *web.API) {
	route := func(method, path, id, summary string, status int, access web.Access) web.Route {
		return web.Route{Method: method, Path: "/api/v1/roles" + path, ID: id, Tag: "roles", Summary: summary, Access: access, Status: status}
	}
	web.Register(api, route(http.MethodGet, "", "listRoles", "All roles with what they may do", 0, web.Need(perm.RoleManage, perm.AccountRead)), h.listRoles)
	web.Register(api, route(http.MethodPost, "", "createRole", "Make a role", http.StatusCreated, web.Need(perm.RoleManage)),
		func(ctx context.Context, in *roleCreateInput) (*answer[RoleView], error) {
			return h.roleAnswer(ctx)(h.s.CreateRole(ctx, web.Actor(ctx), in.Body.role(in.Body.Code)))
		})
	web.Register(api, route(http.MethodPut, "/{code}", "updateRole", "Change a role", 0, web.Need(perm.RoleManage)),
		func(ctx context.Context, in *roleUpdateInput) (*answer[RoleView], error) {
			r := in.Body.role(in.Code)
			r.Version = in.Body.Version
			return h.roleAnswer(ctx)(h.s.UpdateRole(ctx, web.Actor(ctx), r))
		})
}

func (h *handlers) listRoles(ctx context.Context, _ *struct{}) (*answer[RoleMatrix], error) {
	roles, err := h.s.Roles(ctx, web.Actor(ctx))
	if err != nil {
		return nil, err
	}
	m := RoleMatrix{Items: make([]RoleView, len(roles)), Permissions: perm.All}
	for i, r := range roles {
		m.Items[i] = roleView(r)
	}
	return bodyOf(m), nil
}

func (h *handlers) roleAnswer(ctx context.Context) func(Role, error) (*answer[RoleView], error) {
	return func(r Role, err error) (*answer[RoleView], error) {
		if err != nil {
			return nil, h.shown(ctx, err)
		}
		return bodyOf(roleView(r)), nil
	}
}
