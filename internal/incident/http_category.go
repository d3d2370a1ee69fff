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

type moveIn struct {
	Code string `path:"code"`
	Body struct {
		Up bool `json:"up" doc:"before the elder neighbour; else behind the younger one"`
	}
}

type fieldUseIn struct {
	Code string `path:"code"`
	Name string `path:"name"`
}

type fieldUseOut struct{ Body FieldUse }

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
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/categories/{code}/move", ID: "moveCategory", Tag: tag,
		Summary: "Move a category before or behind its neighbour", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, in *moveIn) (*categoriesOut, error) {
		if err := s.MoveCategory(ctx, web.Actor(ctx), in.Code, in.Body.Up); err != nil {
			return nil, err
		}
		return list(ctx, nil)
	})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/categories/{code}/fields/{name}/use", ID: "fieldUse", Tag: tag,
		Summary: "How many incidents answer a field", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, in *fieldUseIn) (*fieldUseOut, error) {
		u, err := s.FieldUse(ctx, in.Code, in.Name)
		if err != nil {
			return nil, err
		}
		return &fieldUseOut{u}, nil
	})
}
