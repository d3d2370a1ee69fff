package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type receiptIn struct {
	Body struct {
		Orders []OrderRef `json:"orders" nullable:"false" maxItems:"200"`
		Read   bool       `json:"read,omitempty" doc:"they were opened, not only received"`
	}
}

func receiptRoutes(api *web.API, s *Service) {
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/orders/delivered", ID: "acknowledgeOrders", Tag: "incident",
		Summary: "Say that own orders reached this screen, or were opened; others are passed over", Access: web.Need(perm.IncidentRead), NoKeep: true},
		func(ctx context.Context, in *receiptIn) (*struct{}, error) {
			return nil, s.Acknowledge(ctx, web.Actor(ctx), in.Body.Orders, in.Body.Read)
		})
}

// whole answers with an incident in full.
func (s *Service) whole(ctx context.Context, i *Incident) (*incidentOut, error) {
	v, err := s.ViewWhole(ctx, web.Actor(ctx), i)
	if err != nil {
		return nil, err
	}
	return &incidentOut{v}, nil
}
