package demo

import (
	"fmt"
	"slices"

	"gezhi/internal/grid"
	"gezhi/internal/people"
)

// crews says how many people a street has.
type crews struct {
	hires     []hire
	heads     int // grids that one head leads
	workers   int // grids that one grid worker walks
	helpers   int // grids that one functional worker of a department comes to
	residents int // micro-grids that one micro-grid worker looks after
}

// hire is a group of staff: so many people with a role in each of some units. Without an area the unit is the place.
type hire struct {
	role  string
	units []string
	each  int
	area  bool // the post also covers the street
}

var smallCrews = crews{heads: 8, workers: 3, helpers: 12, residents: 40, hires: []hire{
	{"duty", []string{unitCentre}, 4, true},
	{"window", []string{unitCentre}, 1, true},
	{"department", []string{unitCentre}, 2, false},
	{"station", []string{"station-1", "station-2", "station-3", "station-4"}, 2, false},
	{"department", []string{"enforcement"}, 4, false},
	{"police", []string{unitPolice}, 3, false},
	{"department", []string{"emergency", "municipal"}, 2, false},
	{"department", []string{"traffic", "justice", "civil", "labour", "market", "construction", unitProperty}, 1, false},
	{"mediator", []string{unitMediation}, 2, false},
	{"unit_head", approving, 1, false},
	{"grid_supervisor", nil, 1, true},
	{"department", []string{unitCommand}, 2, false},
}}

// fullCrews has 42 people at the stations: of each the police, the mediator and four who go out.
var fullCrews = crews{heads: 2, workers: 1, helpers: 7, residents: 12, hires: []hire{
	{"duty", []string{unitCentre}, 8, true},
	{"window", []string{unitCentre}, 5, true},
	{"department", []string{unitCentre}, 4, false},
	{"grid_supervisor", nil, 3, true},
	{"station", stationCodes(7), 4, false},
	{"police", stationCodes(7), 1, false},
	{"mediator", stationCodes(7), 1, false},
	{"department", []string{"enforcement"}, 10, false},
	{"police", []string{unitPolice}, 10, false},
	{"department", []string{"traffic", "municipal"}, 6, false},
	{"department", []string{"emergency", "civil", "market"}, 4, false},
	{"department", []string{"justice", "labour", "construction", unitProperty}, 3, false},
	{"mediator", []string{unitMediation}, 4, false},
	{"unit_head", approving, 1, false},
	{"department", []string{"governance", "rescue"}, 4, false},
	{"department", []string{"counselling", "family", "association"}, 1, false},
	{"department", []string{unitCommand}, 4, false},
}}

func stationCodes(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("station-%d", i+1))
	}
	return out
}

// Vacancies on purpose, for an office looks for its gaps: every so many-th grid of the street misses one of its people.
// No grid misses both its head and its worker.
const (
	vacantWorker     = 19
	vacantHead       = 23
	vacantInstructor = 9
	vacantHelper     = 13
	vacantResident   = 11 // of the micro-grids
)

// hiring puts the posts of the staff together.
type hiring struct {
	tree   *grid.Tree
	plan   plan
	street string
	units  map[string]string // id by code
	list   [][]people.Post
	grids  int // of the communities before
	small  int // micro-grids of the grids before
}

// everybody returns the posts of each of the staff.
func (h *hiring) everybody() [][]people.Post {
	for _, group := range h.plan.crews.hires {
		units := group.units
		if units == nil {
			units = []string{""}
		}
		for _, unit := range units {
			for range group.each {
				post := people.Post{Role: group.role, UnitID: h.units[unit]}
				if group.area {
					post.AreaID = h.street
				}
				h.add(post)
			}
		}
	}
	for n := range h.plan.communities {
		h.community(n + 1)
	}
	return h.list
}

func (h *hiring) add(posts ...people.Post) {
	if len(posts) > 0 {
		h.list = append(h.list, posts)
	}
}

// community hires for the nth community: an instructor, heads, grid workers, functional workers of a department, and
// micro-grid workers.
func (h *hiring) community(n int) {
	area, _ := h.tree.AreaByCode(grid.Community, h.plan.communityCode(n))
	grids := h.tree.Children(area.ID)
	unit := h.units[communityUnit(n)]
	h.each(grids, len(grids), "grid_instructor", "", vacantInstructor, 4)
	h.each(grids, h.plan.crews.heads, "grid_head", unit, vacantHead, 11)
	h.each(grids, h.plan.crews.workers, "grid_worker", unit, vacantWorker, 7)
	h.each(grids, h.plan.crews.helpers, "functional_worker", h.units[departments[(n-1)%len(departments)].code], vacantHelper, 8)
	h.grids += len(grids)
	var posts []people.Post
	for _, g := range grids {
		micro := h.tree.Children(g.ID)
		for _, small := range micro {
			if h.small++; h.small%vacantResident != 0 {
				posts = append(posts, people.Post{Role: "microgrid_worker", UnitID: unit, AreaID: small.ID})
			}
		}
		if room := h.plan.crews.residents - len(posts); room < len(micro) { // people look after whole grids
			h.add(posts...)
			posts = nil
		}
	}
	h.add(posts...)
}

// each hires one person for so many grids in a row, but nobody for every vacant-th grid of the street.
func (h *hiring) each(grids []grid.Area, share int, role, unit string, vacant, offset int) {
	for i, some := range slices.Collect(slices.Chunk(grids, share)) {
		var posts []people.Post
		for k, g := range some {
			if (h.grids+i*share+k)%vacant != offset {
				posts = append(posts, people.Post{Role: role, UnitID: unit, AreaID: g.ID})
			}
		}
		h.add(posts...)
	}
}
