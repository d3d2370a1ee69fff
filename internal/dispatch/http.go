package dispatch

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Routes registers the routes of the routing rules and the ladders.
func Routes(api *web.API, s *Service) {
	h := handlers{s}
	read := []authz.Permission{perm.RuleManage, perm.IncidentDispatch}
	web.Register(api, route(http.MethodGet, "", "listRules", "All routing rules, in the order in which they are tried", read...), h.list)
	web.Register(api, route(http.MethodGet, "/{id}", "getRule", "One routing rule", read...), h.get)
	create := route(http.MethodPost, "", "createRule", "Add a routing rule behind all others", perm.RuleManage)
	create.Status = http.StatusCreated
	web.Register(api, create, h.create)
	web.Register(api, route(http.MethodPut, "/{id}", "updateRule", "Change a routing rule", perm.RuleManage), h.update)
	web.Register(api, route(http.MethodDelete, "/{id}", "deleteRule", "Remove a routing rule", perm.RuleManage), h.remove)
	web.Register(api, route(http.MethodPost, "/{id}/active", "activateRule", "Switch a routing rule on or off", perm.RuleManage), h.activate)
	web.Register(api, route(http.MethodPost, "/order", "orderRules", "Put all routing rules into an order", perm.RuleManage), h.reorder)
	preview := route(http.MethodPost, "/preview", "previewRules", "What an imagined matter would get, and why", read...)
	preview.NoKeep = true
	web.Register(api, preview, h.preview)
	ladderRoutes(api, h)
	rehearseRoutes(api, h)
}

func route(method, path, id, summary string, any ...authz.Permission) web.Route {
	return web.Route{Method: method, Path: "/api/v1/rules" + path, ID: id, Tag: "rules", Summary: summary, Access: web.Need(any...)}
}

type handlers struct{ s *Service }

type ruleOut struct{ Body Rule }

type listOut struct{ Body ruleList }

type ruleList struct {
	Items []Rule `json:"items" nullable:"false"`
}

// RuleFields are what a person may set of a rule.
type RuleFields struct {
	Name      string   `json:"name"`
	Category  string   `json:"category,omitempty"`
	Kind      string   `json:"kind,omitempty"`
	Severity  string   `json:"severity,omitempty"`
	Channel   string   `json:"channel,omitempty"`
	AreaKind  string   `json:"area_kind,omitempty"`
	From      int64    `json:"from_minute,omitempty"`
	To        int64    `json:"to_minute,omitempty"`
	Days      string   `json:"days,omitempty"`
	Target    Target   `json:"target" enum:"station,nearest_station,worker,nearest_person,community,speciality,unit,centre,command"`
	Value     string   `json:"value,omitempty"`
	Capacity  int64    `json:"capacity,omitempty"`
	Inform    []string `json:"inform,omitempty" maxItems:"5"`
	Pool      bool     `json:"pool,omitempty"`
	Automatic bool     `json:"automatic,omitempty"`
}

func (in RuleFields) rule() Rule {
	return Rule{Name: in.Name, Category: in.Category, Kind: in.Kind, Severity: in.Severity, Channel: in.Channel, AreaKind: in.AreaKind,
		From: in.From, To: in.To, Days: in.Days, Target: in.Target, Value: in.Value, Capacity: in.Capacity, Inform: in.Inform,
		Pool: in.Pool, Automatic: in.Automatic}
}

func (h handlers) list(ctx context.Context, _ *struct{}) (*listOut, error) {
	return listed(h.s.List(ctx, web.Actor(ctx)))
}

func listed(list []Rule, err error) (*listOut, error) {
	if err != nil {
		return nil, err
	}
	return &listOut{ruleList{list}}, nil
}

func (h handlers) get(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*ruleOut, error) {
	return shown(h.s.Get(ctx, web.Actor(ctx), in.ID))
}

func shown(r Rule, err error) (*ruleOut, error) {
	if err != nil {
		return nil, err
	}
	return &ruleOut{r}, nil
}

func (h handlers) create(ctx context.Context, in *struct{ Body RuleFields }) (*ruleOut, error) {
	return shown(h.s.Create(ctx, web.Actor(ctx), in.Body.rule()))
}

func (h handlers) update(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		RuleFields
		Version int64 `json:"version"`
	}
}) (*ruleOut, error) {
	r := in.Body.rule()
	r.ID, r.Version = in.ID, in.Body.Version
	return shown(h.s.Update(ctx, web.Actor(ctx), r))
}

func (h handlers) remove(ctx context.Context, in *struct {
	ID      string `path:"id"`
	Version int64  `query:"version" required:"true"`
}) (*struct{}, error) {
	return nil, h.s.Delete(ctx, web.Actor(ctx), in.ID, in.Version)
}

func (h handlers) activate(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		Active  bool  `json:"active"`
		Version int64 `json:"version"`
	}
}) (*ruleOut, error) {
	return shown(h.s.SetActive(ctx, web.Actor(ctx), in.ID, in.Body.Version, in.Body.Active))
}

func (h handlers) reorder(ctx context.Context, in *struct {
	Body struct {
		Rules []SeenRule `json:"rules" maxItems:"500"`
	}
}) (*listOut, error) {
	return listed(h.s.Reorder(ctx, web.Actor(ctx), in.Body.Rules))
}
