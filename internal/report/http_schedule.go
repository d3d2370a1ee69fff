package report

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// ScheduleView says when the reports of a kind and an area are made.
type ScheduleView struct {
	Kind     Kind   `json:"kind" enum:"daily,weekly,monthly"`
	AreaID   string `json:"area_id"`
	AreaName string `json:"area_name"`
	Minute   int64  `json:"minute" doc:"of the day after the period"`
	Enabled  bool   `json:"enabled"`
	MadeBy   string `json:"made_by" doc:"who set it last; '' for the program"`
	Version  int64  `json:"version"`
}

// ChoiceView is an area for which somebody may have reports and tables.
type ChoiceView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level string `json:"level"`
	Depth int    `json:"depth" doc:"0 for the highest that the person may see"`
}

func (s *Service) scheduleView(one Schedule) ScheduleView {
	v := ScheduleView{Kind: one.Kind, AreaID: one.AreaID, Minute: one.Minute, Enabled: one.Enabled, MadeBy: one.MadeName, Version: one.Version}
	if path := s.Places.Path(one.AreaID); path != nil {
		v.AreaName = path[len(path)-1].Name
	}
	return v
}

func scheduleRoutes(api *web.API, s *Service) {
	const tag = "reports"
	type reportSchedulesOut struct {
		Body struct {
			Items []ScheduleView `json:"items" nullable:"false"`
		}
	}
	type reportScheduleOut struct{ Body ScheduleView }
	web.Register(api, route(http.MethodGet, "reports/schedules", "listReportSchedules", tag, "Which reports are made by themselves"), func(ctx context.Context, _ *struct{}) (*reportSchedulesOut, error) {
		list, err := s.Schedules(ctx, web.Actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &reportSchedulesOut{}
		out.Body.Items = make([]ScheduleView, len(list))
		for i, one := range list {
			out.Body.Items[i] = s.scheduleView(one)
		}
		return out, nil
	})
	put := route(http.MethodPut, "reports/schedules", "putReportSchedule", tag, "Set when the reports of a kind and an area are made")
	put.Access = web.Need(perm.ReportManage)
	web.Register(api, put, func(ctx context.Context, in *struct {
		Body struct {
			Kind    Kind   `json:"kind" enum:"daily,weekly,monthly"`
			Area    string `json:"area" maxLength:"64"`
			Minute  int64  `json:"minute"`
			Enabled bool   `json:"enabled"`
			Version int64  `json:"version,omitempty" doc:"of the one that is changed; missing for the first"`
		}
	}) (*reportScheduleOut, error) {
		b := in.Body
		one, err := s.PutSchedule(ctx, web.Actor(ctx), Schedule{Kind: b.Kind, AreaID: b.Area, Minute: b.Minute, Enabled: b.Enabled, Version: b.Version})
		if err != nil {
			return nil, err
		}
		return &reportScheduleOut{s.scheduleView(one)}, nil
	})
	type reportChoicesOut struct {
		Body struct {
			Items []ChoiceView `json:"items" nullable:"false"`
		}
	}
	web.Register(api, route(http.MethodGet, "reports/areas", "listReportAreas", tag, "Areas for which the caller may have reports, from the top down"), func(ctx context.Context, _ *struct{}) (*reportChoicesOut, error) {
		out := &reportChoicesOut{}
		out.Body.Items = s.choices(web.Actor(ctx).Scope(perm.FiguresRead))
		return out, nil
	})
}

// maxChoices is how many areas a person can choose from: beyond that only the higher ones are offered.
const maxChoices = 600
