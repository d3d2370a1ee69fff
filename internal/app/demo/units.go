package demo

import (
	"context"
	"fmt"
	"slices"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// unitPlan is a unit of the demo. Community counts from 1; 0 is the whole street, and district the district above it.
type unitPlan struct {
	code, name string
	kind       people.UnitKind
	speciality string
	section    string
	community  int
}

// district is where a unit is responsible that stands above the street.
const district = -1

// Codes of units that the demo itself refers to.
const (
	unitCentre    = "centre"
	unitPolice    = "police"
	unitMediation = "mediation"
	unitProperty  = "property"
	unitCommand   = "command"
)

// The four sections beside the centre. The press article names none, so these are examples.
const (
	sectionParty   = "党的建设"
	sectionEconomy = "经济发展"
	sectionPeople  = "民生服务"
	sectionSafety  = "平安法治"
)

// departments are the ten that have moved in.
var departments = []unitPlan{
	{"enforcement", "锦云综合行政执法大队", people.Department, "urban_management", sectionSafety, 0},
	{unitPolice, "锦云派出所", people.Department, "police", sectionSafety, 0},
	{"traffic", "锦云交巡警中队", people.Department, "traffic", sectionSafety, 0},
	{"emergency", "锦云街道应急办", people.Department, "emergency", sectionSafety, 0},
	{"justice", "锦云司法所", people.Department, "justice", sectionSafety, 0},
	{"municipal", "锦云市政养护所", people.Department, "municipal", sectionPeople, 0},
	{"civil", "锦云街道民政办", people.Department, "civil_affairs", sectionPeople, 0},
	{"labour", "锦云劳动保障所", people.Department, "labour", sectionPeople, 0},
	{"market", "锦云市场监管所", people.Department, "market", sectionEconomy, 0},
	{"construction", "锦云街道城乡建设办", people.Department, "construction", sectionEconomy, 0},
}

// approving are the departments whose head looks at replies before they go out.
var approving = []string{"civil", "construction"}

// teams are the working teams and the social bodies.
var teams = []unitPlan{
	{unitMediation, "锦云街道人民调解委员会", people.Team, "mediation", sectionSafety, 0},
	{"governance", "锦云基层治理队", people.Team, "", sectionParty, 0},
	{"rescue", "锦云应急抢险队", people.Team, "rescue", sectionSafety, 0},
	{"counselling", "锦云心理咨询室", people.Team, "counselling", sectionPeople, 0},
	{"family", "锦云婚姻家庭纠纷调解会", people.Team, "family", sectionPeople, 0},
	{"association", "锦云物业协会", people.Team, "", sectionEconomy, 0},
	{unitProperty, "锦和物业服务公司", people.Company, "property", "", 0},
}

// units lists the units of a street, the centre first.
func (p plan) units() []unitPlan {
	list := []unitPlan{{unitCentre, "锦云街道基层治理中心", people.Centre, "", "", 0}}
	for _, st := range p.stations {
		list = append(list, unitPlan{code: st.code, name: st.name + "服务工作站", kind: people.Station})
	}
	list = append(list, departments...)
	for n, c := range p.communities {
		list = append(list, unitPlan{code: communityUnit(n + 1), name: c.name + "居委会", kind: people.Community, community: n + 1})
	}
	list = append(list, teams...)
	return append(list, unitPlan{unitCommand, "锦云区应急联动指挥中心", people.Centre, "command", "", district})
}

// communityUnit is the code of the unit of the nth community, counted from 1.
func communityUnit(n int) string { return fmt.Sprintf("community-%d", n) }

// machine is who the demo acts as where nobody signs in.
var machine = authz.System("demo")

// makeUnits makes the units and the patrol areas that stations serve.
func (s Services) makeUnits(ctx context.Context, p plan) error {
	tree := s.Grid.Tree()
	street, _ := tree.AreaByCode(grid.Street, p.streetCode)
	centre := ""
	ids := map[string]string{}
	for i, u := range p.units() {
		area, parent := street, centre
		switch {
		case u.community > 0:
			area, _ = tree.AreaByCode(grid.Community, p.communityCode(u.community))
		case u.community == district:
			area, _ = tree.AreaByCode(grid.District, p.districtCode)
			parent = ""
		}
		made, err := s.People.CreateUnit(ctx, machine, people.Unit{Code: u.code, Name: u.name, Kind: u.kind, Speciality: u.speciality,
			Section: u.section, Approves: slices.Contains(approving, u.code), ParentID: parent, AreaID: area.ID, Phone: fmt.Sprintf("000-8000 %04d", 3001+i), Address: "锦云街道（演示地址）"})
		if err != nil {
			return err
		}
		ids[u.code] = made.ID
		if u.code == unitCentre {
			centre = made.ID
		}
	}
	for i, st := range p.stations {
		in := grid.PatrolArea{Code: fmt.Sprintf("XQ-%d", i+1), Name: st.name, Kind: grid.General, StationID: ids[st.code]}
		for _, n := range st.communities {
			community, _ := tree.AreaByCode(grid.Community, p.communityCode(n))
			if st.dedicated == nil {
				in.Members = append(in.Members, community.ID)
				continue
			}
			in.Kind = grid.Dedicated
			for _, g := range tree.Children(community.ID) {
				if st.dedicated(g) {
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
