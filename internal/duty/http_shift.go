package duty

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// StaffedUnit is a unit whose roster the person may read.
type StaffedUnit struct {
	Unit
	Manages bool         `json:"manages" doc:"the person may plan its shifts"`
	Members []PersonView `json:"members" nullable:"false" doc:"who hold a post there now"`
}

func shiftRoutes(api *web.API, s *Service) {
	type shiftsOut struct {
		Body struct {
			Items []ShiftView `json:"items" nullable:"false"`
		}
	}
	type rosterUnitsOut struct {
		Body struct {
			Items []StaffedUnit `json:"items" nullable:"false"`
		}
	}
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/units", "dutyUnits", "The units whose roster the person may read, with their people"),
		func(ctx context.Context, _ *struct{}) (*rosterUnitsOut, error) {
			list, manages := s.UnitsOf(web.Actor(ctx))
			out := &rosterUnitsOut{}
			out.Body.Items = make([]StaffedUnit, len(list))
			for n, u := range list {
				out.Body.Items[n] = StaffedUnit{Unit: u, Manages: manages[u.ID], Members: []PersonView{}}
				for _, p := range s.People.Members(u.ID) {
					out.Body.Items[n].Members = append(out.Body.Items[n].Members, s.person(p))
				}
			}
			return out, nil
		})
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/shifts", "listShifts", "The shifts of a unit in some days"),
		func(ctx context.Context, in *struct {
			Unit string `query:"unit" required:"true" maxLength:"64"`
			From int64  `query:"from" required:"true" doc:"unix ms"`
			To   int64  `query:"to" required:"true" doc:"unix ms"`
		}) (*shiftsOut, error) {
			list, err := s.Shifts(ctx, web.Actor(ctx), in.Unit, in.From, in.To)
			if err != nil {
				return nil, err
			}
			out := &shiftsOut{}
			out.Body.Items = s.shiftViews(list)
			return out, nil
		})
	create := route(web.Need(perm.ShiftManage), http.MethodPost, "/duty/shifts", "createShift", "Plan a shift")
	create.Status = http.StatusCreated
	web.Register(api, create, func(ctx context.Context, in *struct{ Body ShiftFields }) (*shiftOut, error) {
		return s.shown(s.CreateShift(ctx, web.Actor(ctx), in.Body.shift()))
	})
	web.Register(api, route(web.Need(perm.ShiftManage), http.MethodPut, "/duty/shifts/{id}", "updateShift", "Change a shift that is not over"),
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"64"`
			Body struct {
				ShiftFields
				Version int64 `json:"version"`
			}
		}) (*shiftOut, error) {
			shift := in.Body.shift()
			shift.ID, shift.Version = in.ID, in.Body.Version
			return s.shown(s.UpdateShift(ctx, web.Actor(ctx), shift))
		})
	web.Register(api, route(web.Need(perm.ShiftManage), http.MethodDelete, "/duty/shifts/{id}", "deleteShift", "Take back a shift that has not begun"),
		func(ctx context.Context, in *struct {
			ID      string `path:"id" maxLength:"64"`
			Version int64  `query:"version" required:"true"`
		}) (*struct{}, error) {
			return nil, s.DeleteShift(ctx, web.Actor(ctx), in.ID, in.Version)
		})
	web.Register(api, route(web.Need(perm.ShiftManage), http.MethodPost, "/duty/shifts/copy", "copyShifts", "Carry the shifts of some days forward"),
		func(ctx context.Context, in *struct {
			Body struct {
				Unit  string `json:"unit"`
				From  string `json:"from" doc:"first day of the pattern, 2026-03-02"`
				Days  int    `json:"days" doc:"of the pattern: 1 for a day, 7 for a week"`
				Until string `json:"until" doc:"last day on which a copy may begin"`
			}
		}) (*struct{ Body Copied }, error) {
			b := in.Body
			out, err := s.CopyShifts(ctx, web.Actor(ctx), Copy{Unit: b.Unit, From: b.From, Days: b.Days, Until: b.Until})
			if err != nil {
				return nil, err
			}
			return &struct{ Body Copied }{out}, nil
		})
}

func (s *Service) shown(one Shift, err error) (*shiftOut, error) {
	if err != nil {
		return nil, err
	}
	return &shiftOut{s.shiftView(one)}, nil
}
