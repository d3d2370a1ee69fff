package demo

import (
	"context"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// unitPlan is a unit of the demo. Community counts from 1; 0 is the whole street.
type unitPlan struct {
	code, name string
	kind       people.UnitKind
	speciality string
	section    string
	community  int
}

// Codes of units that the demo itself refers to.
const (
	unitCentre    = "centre"
	unitPolice    = "police"
	unitMediation = "mediation"
	unitProperty  = "property"
)

var theUnits = []unitPlan{
	{unitCentre, "锦云街道基层治理中心", people.Centre, "", "", 0},
	{"station-1", "锦云西巡区服务工作站", people.Station, "", "", 0},
	{"station-2", "锦云中巡区服务工作站", people.Station, "", "", 0},
	{"station-3", "锦云东巡区服务工作站", people.Station, "", "", 0},
	{"station-4", "百集市场专属巡区服务工作站", people.Station, "", "", 0},
	{"enforcement", "锦云综合行政执法大队", people.Department, "urban_management", "综合执法", 0},
	{unitPolice, "锦云派出所", people.Department, "police", "平安法治", 0},
	{"emergency", "锦云街道应急办", people.Department, "emergency", "平安法治", 0},
	{"municipal", "锦云市政养护所", people.Department, "municipal", "综合执法", 0},
	{"justice", "锦云司法所", people.Department, "justice", "平安法治", 0},
	{"civil", "锦云街道民政办", people.Department, "civil_affairs", "民生服务", 0},
	{"market", "锦云市场监管所", people.Department, "market", "综合执法", 0},
	{"community-1", "云杉社区居委会", people.Community, "", "", 1},
	{"community-2", "麦田社区居委会", people.Community, "", "", 2},
	{"community-3", "百集社区居委会", people.Community, "", "", 3},
	{"community-4", "书声社区居委会", people.Community, "", "", 4},
	{"community-5", "华灯社区居委会", people.Community, "", "", 5},
	{"community-6", "槐安社区居委会", people.Community, "", "", 6},
	{unitProperty, "锦和物业服务公司", people.Company, "property", "", 0},
	{unitMediation, "锦云街道人民调解委员会", people.Team, "mediation", "", 0},
}

// patrolPlan is a patrol area with the unit that serves it. Grids of a kind in a community make a dedicated one.
type patrolPlan struct {
	code, name, station string
	communities         []int
	dedicated           string // kind of the grids; '' for a general one of whole communities
}

var thePatrols = []patrolPlan{
	{"XQ-1", "锦云西巡区", "station-1", []int{1, 4}, ""},
	{"XQ-2", "锦云中巡区", "station-2", []int{2, 5}, ""},
	{"XQ-3", "锦云东巡区", "station-3", []int{3, 6}, ""},
	{"XQ-4", "百集市场专属巡区", "station-4", []int{3}, "market"},
}

// machine is who the demo acts as where nobody signs in.
var machine = authz.System("demo")

// makeUnits makes the units and the patrol areas that stations serve.
func (s Services) makeUnits(ctx context.Context, p plan) error {
	tree := s.Grid.Tree()
	street, _ := tree.AreaByCode(grid.Street, p.streetCode)
	centre := ""
	ids := map[string]string{}
	for _, u := range theUnits {
		area := street
		if u.community > 0 {
			area, _ = tree.AreaByCode(grid.Community, p.communityCode(u.community))
		}
		made, err := s.People.CreateUnit(ctx, machine, people.Unit{Code: u.code, Name: u.name, Kind: u.kind, Speciality: u.speciality,
			Section: u.section, ParentID: centre, AreaID: area.ID, Address: "锦云街道（演示地址）"})
		if err != nil {
			return err
		}
		ids[u.code] = made.ID
		if u.kind == people.Centre {
			centre = made.ID
		}
	}
	for _, a := range thePatrols {
		in := grid.PatrolArea{Code: a.code, Name: a.name, Kind: grid.General, StationID: ids[a.station]}
		for _, n := range a.communities {
			community, _ := tree.AreaByCode(grid.Community, p.communityCode(n))
			if a.dedicated == "" {
				in.Members = append(in.Members, community.ID)
				continue
			}
			in.Kind = grid.Dedicated
			for _, g := range tree.Children(community.ID) {
				if g.Kind == a.dedicated {
					in.Members = append(in.Members, g.ID)
				}
			}
		}
		if _, err := s.Grid.CreatePatrolArea(ctx, machine, in); err != nil {
			return err
		}
	}
	return nil
}
