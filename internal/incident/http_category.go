package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type categoriesOut struct {
	Body struct {
		Items []Category `json:"items" nullable:"false"`
	}
}

type categoryIn struct {
	Code string `path:"code"`
	Body Category
}

type categoryOut struct{ Body Category }

func categoryRoutes(api *web.API, s *Service) {
	const tag = "category"
	list := func(context.Context, *struct{}) (*categoriesOut, error) {
		out := &categoriesOut{}
		out.Body.Items = append([]Category{}, s.Categories().All()...)
		return out, nil
	}
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/categories", ID: "listCategories", Tag: tag, Summary: "The category tree", Access: web.SignedIn()}, list)
	web.Register(api, web.Route{Method: http.MethodPut, Path: "/api/v1/categories/{code}", ID: "saveCategory", Tag: tag,
		Summary: "Create (version 0) or change a category", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, in *categoryIn) (*categoryOut, error) {
		in.Body.Code = in.Code
		k, err := s.SaveCategory(ctx, web.Actor(ctx), in.Body)
		if err != nil {
			return nil, err
		}
		return &categoryOut{k}, nil
	})
}
