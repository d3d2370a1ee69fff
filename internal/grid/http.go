package grid

import (
	"errors"
	"net/http"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Routes adds the routes of areas, patrol areas, staffing and places to the API.
func Routes(a *web.API, s *Service) {
	areaRoutes(a, s)
	shapeRoutes(a, s)
	redrawRoutes(a, s)
	plannedRoutes(a, s)
	lookupRoutes(a, s)
	patrolRoutes(a, s)
	staffingRoutes(a, s)
	placeRoutes(a, s)
}

var (
	mayRead   = web.Need(perm.AreaRead, perm.AreaManage)
	mayManage = web.Need(perm.AreaManage)
)

func get(path, id, summary string, access web.Access) web.Route {
	return web.Route{Method: http.MethodGet, Path: path, ID: id, Tag: "grid", Summary: summary, Access: access}
}

func manage(method, path, id, summary string) web.Route {
	return web.Route{Method: method, Path: path, ID: id, Tag: "grid", Summary: summary, Access: mayManage, MaxBody: 9 << 20}
}

// AreaRef is an area as others show it.
type AreaRef struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Name  string `json:"name"`
	Level Level  `json:"level" enum:"city,district,street,community,grid,microgrid"`
}

// RefsOf shortens a path to what others show of it.
func RefsOf(path []Area) []AreaRef {
	refs := make([]AreaRef, len(path))
	for i, a := range path {
		refs[i] = AreaRef{ID: a.ID, Code: a.Code, Name: a.Name, Level: a.Level}
	}
	return refs
}

// AreaView is an area in lists. It is exported because the API document shows embedded fields of exported types only.
type AreaView struct {
	AreaRef
	Kind      string `json:"kind" doc:"code of an area kind; empty: general"`
	ParentID  string `json:"parent_id,omitempty"`
	Above     string `json:"parent_name,omitempty" doc:"grids of different communities share names"`
	HasShape  bool   `json:"has_shape"`
	Children  int    `json:"children" doc:"number of areas right below"`
	ValidFrom int64  `json:"valid_from"`
	UpdatedAt int64  `json:"updated_at"`
	Version   int64  `json:"version"`
}

func viewArea(t *Tree, a Area) AreaView {
	above, _ := t.Area(a.ParentID)
	return AreaView{
		AreaRef: AreaRef{a.ID, a.Code, a.Name, a.Level}, Kind: a.Kind, ParentID: a.ParentID, Above: above.Name, HasShape: !a.Shape.IsEmpty(),
		Children: len(t.children[a.ID]), ValidFrom: a.ValidFrom, UpdatedAt: a.UpdatedAt, Version: a.Version,
	}
}

func viewAreas(t *Tree, list []Area) []AreaView {
	out := make([]AreaView, len(list))
	for i, a := range list {
		out[i] = viewArea(t, a)
	}
	return out
}

// shown turns the item that comes with a conflict into the form in which the API shows it.
func shown(t *Tree, err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		switch item := f.Current.(type) {
		case Area:
			f.Current = viewArea(t, item)
		case PatrolArea:
			f.Current = viewPatrol(t, item)
		}
	}
	return err
}

type topologyFindingView struct {
	Kind   string   `json:"kind" enum:"gap,overlap,outside,broken_ring"`
	Fault  string   `json:"fault,omitempty" doc:"with broken_ring: what is wrong with the ring"`
	Areas  []string `json:"areas" nullable:"false" doc:"name and code of the areas involved"`
	Parent string   `json:"parent,omitempty" doc:"code"`
	Size   float64  `json:"m2"`
	Width  float64  `json:"width" doc:"metres"`
	Lon    float64  `json:"lon" doc:"a place to look at, WGS-84"`
	Lat    float64  `json:"lat"`
}

func viewFindings(list []Finding) []topologyFindingView {
	out := make([]topologyFindingView, 0, min(len(list), maxListed))
	for _, f := range list[:min(len(list), maxListed)] {
		out = append(out, topologyFindingView{f.Kind, f.Fault, namesOf(f.Areas), f.Parent, f.Size, f.Width, f.At.Lon, f.At.Lat})
	}
	return out
}

type itemsOf[T any] struct {
	Body struct {
		Items []T    `json:"items" nullable:"false"`
		Next  string `json:"next,omitempty" doc:"cursor of the next page"`
	}
}

func items[T any](list []T) *itemsOf[T] {
	out := &itemsOf[T]{}
	out.Body.Items = list
	if list == nil {
		out.Body.Items = []T{}
	}
	return out
}

type body[T any] struct{ Body T }

func boxOf(f *fault.Fields, text string) (geo.Box, bool) {
	n, ok := numbers(text, 4)
	if !ok || n[0] >= n[2] || n[1] >= n[3] {
		f.Add("bbox", "field.bbox")
		return geo.Box{}, false
	}
	for _, p := range []geo.Point{{Lon: n[0], Lat: n[1]}, {Lon: n[2], Lat: n[3]}} {
		if code := positionCode(p.Valid()); code != "" {
			f.Add("bbox", code)
			return geo.Box{}, false
		}
	}
	return geo.Box{West: n[0], South: n[1], East: n[2], North: n[3]}, true
}
