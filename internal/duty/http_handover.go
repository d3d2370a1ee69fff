package duty

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
)

type handoverOut struct{ Body HandoverView }

// handoverRoutes are open to everybody with an account; the service lets in the people of the unit and who plans it.
func handoverRoutes(api *web.API, s *Service) {
	shown := func(ctx context.Context, h Handover, err error) (*handoverOut, error) {
		if err != nil {
			return nil, err
		}
		return &handoverOut{s.handoverView(web.Actor(ctx), h)}, nil
	}
	type openItemsOut struct{ Body OpenItems }
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/open-items", "openItems", "What is unfinished in a unit now"),
		func(ctx context.Context, in *struct {
			Unit string `query:"unit" required:"true" maxLength:"64"`
		}) (*openItemsOut, error) {
			items, err := s.OpenItems(ctx, web.Actor(ctx), in.Unit)
			if err != nil {
				return nil, err
			}
			if items.Items == nil {
				items.Items = []OpenItem{}
			}
			return &openItemsOut{items}, nil
		})
	type handoversOut struct {
		Body struct {
			Items []HandoverView `json:"items" nullable:"false"`
			Next  string         `json:"next,omitempty"`
		}
	}
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/handovers", "listHandovers", "The handovers of a unit, the newest first"),
		func(ctx context.Context, in *struct {
			Unit   string `query:"unit" required:"true" maxLength:"64"`
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit"`
		}) (*handoversOut, error) {
			list, next, err := s.Handovers(ctx, web.Actor(ctx), in.Unit, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := &handoversOut{}
			out.Body.Items, out.Body.Next = make([]HandoverView, len(list)), next
			for n, h := range list {
				out.Body.Items[n] = s.handoverView(web.Actor(ctx), h)
			}
			return out, nil
		})
	sign := route(web.SignedIn(), http.MethodPost, "/duty/handovers", "handOverShift", "Sign a shift over, with what is open now")
	sign.Status = http.StatusCreated
	web.Register(api, sign, func(ctx context.Context, in *struct {
		Body struct {
			Shift string `json:"shift"`
			Notes string `json:"notes,omitempty" doc:"what the next shift must know"`
		}
	}) (*handoverOut, error) {
		h, err := s.HandOver(ctx, web.Actor(ctx), in.Body.Shift, in.Body.Notes)
		return shown(ctx, h, err)
	})
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/handovers/{id}", "getHandover", "One handover"),
		func(ctx context.Context, in *struct {
			ID string `path:"id" maxLength:"64"`
		}) (*handoverOut, error) {
			h, err := s.Handover(ctx, web.Actor(ctx), in.ID)
			return shown(ctx, h, err)
		})
	web.Register(api, route(web.SignedIn(), http.MethodPost, "/duty/handovers/{id}/take", "takeOverShift", "Sign for the incoming side"),
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"64"`
			Body struct {
				Remark string `json:"remark,omitempty"`
			}
		}) (*handoverOut, error) {
			h, err := s.TakeOver(ctx, web.Actor(ctx), in.ID, in.Body.Remark)
			return shown(ctx, h, err)
		})
}
