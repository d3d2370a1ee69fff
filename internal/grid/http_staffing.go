package grid

import (
	"context"
	"net/http"
	"slices"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

type areaKindView struct {
	Code   string `json:"code" doc:"empty: general"`
	NameZH string `json:"name_zh"`
	NameEN string `json:"name_en"`
	Sort   int64  `json:"sort"`
}

type staffingTemplateView struct {
	Level Level  `json:"level" enum:"city,district,street,community,grid,microgrid"`
	Kind  string `json:"kind" doc:"empty: all kinds that have no line of their own"`
	Role  string `json:"role"`
	Least int64  `json:"least"`
}

type lackView struct {
	Role  string `json:"role"`
	Least int    `json:"least"`
	Have  int    `json:"have"`
}

type shortageView struct {
	Area  AreaView   `json:"area"`
	Path  []AreaRef  `json:"path" nullable:"false"`
	Lacks []lackView `json:"lacks" nullable:"false"`
}

type staffingQuery struct {
	Level string `query:"level" enum:"city,district,street,community,grid,microgrid"`
	Under string `query:"under" maxLength:"40" doc:"id: only areas anywhere below it"`
	Role  string `query:"role" maxLength:"32" doc:"only areas that miss this role"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

type staffingView struct {
	Items []shortageView `json:"items" nullable:"false"`
	Total int            `json:"total" doc:"areas that miss somebody, beyond the limit too"`
}

type areaKindInput struct {
	Code string `path:"code" maxLength:"32" doc:"none: the general kind"`
	Body struct {
		NameZH string `json:"name_zh"`
		NameEN string `json:"name_en"`
		Sort   int64  `json:"sort"`
	}
}

type staffingTemplatesInput struct {
	Body struct {
		Items []staffingTemplateView `json:"items" nullable:"false" maxItems:"1000"`
	}
}

func viewTemplates(t *Tree) *itemsOf[staffingTemplateView] {
	out := items[staffingTemplateView](nil)
	for _, line := range t.Templates() {
		out.Body.Items = append(out.Body.Items, staffingTemplateView(line))
	}
	return out
}

func staffingRoutes(a *web.API, s *Service) {
	web.Register(a, get("/api/v1/areas/staffing", "listShortages", "Areas that miss somebody of their staffing template", mayRead),
		func(ctx context.Context, in *staffingQuery) (*body[staffingView], error) {
			list, err := s.Shortages(ctx, now.Ms(s.clock))
			if err != nil {
				return nil, err
			}
			t, out := s.Tree(), &body[staffingView]{staffingView{Items: []shortageView{}}}
			for _, x := range list {
				if in.Level != "" && x.Area.Level != Level(in.Level) || !t.isUnder(&x.Area, in.Under) ||
					in.Role != "" && !slices.ContainsFunc(x.Lacks, func(l Lack) bool { return l.Role == in.Role }) {
					continue
				}
				if out.Body.Total++; out.Body.Total <= in.Limit {
					v := shortageView{Area: viewArea(t, x.Area), Path: RefsOf(t.Path(x.Area.ID))}
					for _, l := range x.Lacks {
						v.Lacks = append(v.Lacks, lackView(l))
					}
					out.Body.Items = append(out.Body.Items, v)
				}
			}
			return out, nil
		})

	web.Register(a, get("/api/v1/area-kinds", "listAreaKinds", "Kinds of areas", mayRead),
		func(_ context.Context, _ *struct{}) (*itemsOf[areaKindView], error) {
			out := items[areaKindView](nil)
			for _, k := range s.Tree().Kinds() {
				out.Body.Items = append(out.Body.Items, areaKindView(k))
			}
			return out, nil
		})

	web.Register(a, manage(http.MethodPut, "/api/v1/area-kinds/{code}", "saveAreaKind", "Add a kind of areas or change its names"),
		func(ctx context.Context, in *areaKindInput) (*body[areaKindView], error) {
			code := in.Code
			if code == "none" {
				code = ""
			}
			k := Kind{code, in.Body.NameZH, in.Body.NameEN, in.Body.Sort}
			if err := s.SaveKind(ctx, web.Actor(ctx), k); err != nil {
				return nil, err
			}
			for _, saved := range s.Tree().Kinds() {
				if saved.Code == code {
					return &body[areaKindView]{areaKindView(saved)}, nil
				}
			}
			return nil, fault.Missing("area_kind")
		})

	web.Register(a, get("/api/v1/staffing-templates", "listStaffingTemplates", "Who an area of a level and kind needs", mayRead),
		func(_ context.Context, _ *struct{}) (*itemsOf[staffingTemplateView], error) {
			return viewTemplates(s.Tree()), nil
		})

	web.Register(a, manage(http.MethodPut, "/api/v1/staffing-templates", "saveStaffingTemplates", "Replace all lines of the staffing templates"),
		func(ctx context.Context, in *staffingTemplatesInput) (*itemsOf[staffingTemplateView], error) {
			var lines []Template
			for _, v := range in.Body.Items {
				lines = append(lines, Template(v))
			}
			if err := s.SaveTemplates(ctx, web.Actor(ctx), lines); err != nil {
				return nil, err
			}
			return viewTemplates(s.Tree()), nil
		})
}
