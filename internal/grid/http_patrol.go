package grid

import (
	"context"
	"net/http"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

type patrolView struct {
	PatrolRef
	Members   []AreaView `json:"members" nullable:"false"`
	ValidFrom int64      `json:"valid_from"`
	Version   int64      `json:"version"`
}

func viewPatrol(t *Tree, p PatrolArea) patrolView {
	v := patrolView{PatrolRef: PatrolRef{p.ID, p.Code, p.Name, p.Kind, p.StationID}, ValidFrom: p.ValidFrom, Version: p.Version}
	var members []Area
	for _, id := range p.Members {
		if a, ok := t.Area(id); ok {
			members = append(members, a)
		}
	}
	v.Members = viewAreas(t, members)
	return v
}

type newPatrolBody struct {
	Code      string     `json:"code"`
	Name      string     `json:"name"`
	Kind      PatrolKind `json:"kind" enum:"general,dedicated"`
	StationID string     `json:"station_id,omitempty" doc:"the unit that serves it"`
	Members   []string   `json:"members,omitempty" maxItems:"20000" doc:"ids of areas"`
}

type patrolPatch struct {
	ByID
	Body struct {
		Code      *string     `json:"code,omitempty"`
		Name      *string     `json:"name,omitempty"`
		Kind      *PatrolKind `json:"kind,omitempty" enum:"general,dedicated"`
		StationID *string     `json:"station_id,omitempty"`
		Members   *[]string   `json:"members,omitempty" maxItems:"20000" doc:"ids of areas; replaces all"`
		Version   *int64      `json:"version,omitempty"`
	}
}

func patrolRoutes(a *web.API, s *Service) {
	web.Register(a, get("/api/v1/patrol-areas", "listPatrolAreas", "All patrol areas with their members", mayRead),
		func(_ context.Context, _ *struct{}) (*itemsOf[patrolView], error) {
			t := s.Tree()
			out := items[patrolView](nil)
			for _, p := range t.PatrolAreas() {
				out.Body.Items = append(out.Body.Items, viewPatrol(t, p))
			}
			return out, nil
		})

	web.Register(a, get("/api/v1/patrol-areas/{id}", "getPatrolArea", "A patrol area with its members", mayRead),
		func(_ context.Context, in *ByID) (*body[patrolView], error) {
			t := s.Tree()
			p, ok := t.PatrolArea(in.ID)
			if !ok {
				return nil, fault.Missing("patrol_area")
			}
			return &body[patrolView]{viewPatrol(t, p)}, nil
		})

	create := manage(http.MethodPost, "/api/v1/patrol-areas", "createPatrolArea", "Add a patrol area")
	create.Status = http.StatusCreated
	web.Register(a, create, func(ctx context.Context, in *body[newPatrolBody]) (*body[patrolView], error) {
		b := in.Body
		p, err := s.CreatePatrolArea(ctx, web.Actor(ctx), PatrolArea{Code: b.Code, Name: b.Name, Kind: b.Kind, StationID: b.StationID, Members: b.Members})
		if err != nil {
			return nil, err
		}
		return &body[patrolView]{viewPatrol(s.Tree(), p)}, nil
	})

	web.Register(a, manage(http.MethodPatch, "/api/v1/patrol-areas/{id}", "updatePatrolArea", "Change a patrol area, its station or its members"),
		func(ctx context.Context, in *patrolPatch) (*body[patrolView], error) {
			b := in.Body
			p, err := s.UpdatePatrolArea(ctx, web.Actor(ctx), in.ID, PatrolChange{b.Code, b.Name, b.Kind, b.StationID, b.Members, b.Version})
			if err != nil {
				return nil, shown(s.Tree(), err)
			}
			return &body[patrolView]{viewPatrol(s.Tree(), p)}, nil
		})

	shut := manage(http.MethodPost, "/api/v1/patrol-areas/{id}/close", "closePatrolArea", "End a patrol area")
	shut.Status = http.StatusNoContent
	web.Register(a, shut, func(ctx context.Context, in *areaCloseInput) (*struct{}, error) {
		return nil, shown(s.Tree(), s.ClosePatrolArea(ctx, web.Actor(ctx), in.ID, in.Body.Version))
	})
}
