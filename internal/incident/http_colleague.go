package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// ColleagueView is somebody of a unit who can be given an order.
type ColleagueView struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Posts      []PostRef  `json:"posts" nullable:"false"`
	Absent     bool       `json:"absent"`
	Until      int64      `json:"until,omitempty" doc:"unix ms; end of the absence"`
	Delegate   *PersonRef `json:"delegate,omitempty" doc:"who takes the orders meanwhile; missing: nobody"`
	OpenOrders int        `json:"open_orders" doc:"orders in hand"`
}

type colleaguesOut struct {
	Body struct {
		Items []ColleagueView `json:"items" nullable:"false"`
	}
}

func colleagueRoutes(api *web.API, s *Service) {
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/units/{id}/people", ID: "listColleagues", Tag: "incident",
		Summary: "Those of a unit who can be given an order", Access: web.Need(perm.IncidentDispatch, perm.IncidentHandle)},
		func(ctx context.Context, in *idIn) (*colleaguesOut, error) {
			list, err := s.Colleagues(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			out := &colleaguesOut{}
			out.Body.Items = make([]ColleagueView, len(list))
			for n, c := range list {
				v := ColleagueView{ID: c.ID, Name: c.Name, Posts: c.Posts, OpenOrders: c.Open}
				if c.Absence != nil {
					v.Absent, v.Until = true, c.Absence.Until
					if c.Absence.Delegate.ID != "" {
						v.Delegate = &c.Absence.Delegate
					}
				}
				out.Body.Items[n] = v
			}
			return out, nil
		})
}
