package demo

import (
	"context"
	"fmt"
	"slices"

	"gezhi/internal/grid"
	"gezhi/internal/people"
)

// Password is the password of every demo account.
const Password = "gezhi-demo"

// demoAccount is an account that a visitor signs in with, and the units in which it holds its role.
type demoAccount struct {
	people.DemoAccount
	in     func(unitPlan) bool // nil for no unit
	street bool                // the post also covers the street
}

func only(code string) func(unitPlan) bool { return func(u unitPlan) bool { return u.code == code } }

func all(kind people.UnitKind) func(unitPlan) bool {
	return func(u unitPlan) bool { return u.kind == kind }
}

// others are the units that no other account stands for.
func others(u unitPlan) bool {
	return u.code == unitCommand || (u.kind == people.Department || u.kind == people.Team || u.kind == people.Company) && u.code != unitPolice && u.code != unitMediation
}

var theAccounts = []demoAccount{
	{DemoAccount: people.DemoAccount{Login: "duty", Role: "duty", Name: "唐知微", Face: "desk",
		AboutZh: "值班台：接电话、派单、核查、答复、回访", AboutEn: "The duty desk: takes calls, dispatches, checks, answers, follows up"}, in: only(unitCentre), street: true},
	{DemoAccount: people.DemoAccount{Login: "station", Role: "station", Name: "高远舟", Face: "phone",
		AboutZh: "巡区服务工作站：接单、五分钟到场、先期处置", AboutEn: "A patrol station: accepts orders, is there in five minutes, responds first"},
		in: all(people.Station)},
	{DemoAccount: people.DemoAccount{Login: "worker", Role: "grid_worker", Name: "杜小蘅", Face: "phone",
		AboutZh: "专职网格员：巡查随手报，办理社区的派单", AboutEn: "A grid worker: reports on patrol, takes the orders of the communities"},
		in: all(people.Community)},
	{DemoAccount: people.DemoAccount{Login: "department", Role: "department", Name: "方正行", Face: "unit",
		AboutZh: "职能部门：从单位池认领并办理（执法、市政、市场监管等）",
		AboutEn: "The departments: claim orders from the unit's pool and handle them (enforcement, municipal, market and others)"},
		in: others},
	{DemoAccount: people.DemoAccount{Login: "police", Role: "police", Name: "严守正", Face: "unit",
		AboutZh: "派出所民警：接警情类派单，协助调解", AboutEn: "A police officer: takes police matters and helps to mediate"}, in: only(unitPolice)},
	{DemoAccount: people.DemoAccount{Login: "mediator", Role: "mediator", Name: "和悦之", Face: "unit",
		AboutZh: "人民调解员：办理纠纷，记录当事人和调解结果", AboutEn: "A mediator: handles disputes and records parties and outcome"}, in: only(unitMediation)},
	{DemoAccount: people.DemoAccount{Login: "window", Role: "window", Name: "童可欣", Face: "window",
		AboutZh: "便民服务窗口：叫号、登记来访，办理派给中心的咨询", AboutEn: "The service window: calls numbers, registers visitors, answers the enquiries sent to the centre"}, in: only(unitCentre), street: true},
	{DemoAccount: people.DemoAccount{Login: "supervisor", Role: "grid_supervisor", Name: "简自明", Face: "supervisor",
		AboutZh: "网格监督员：查看全街道，核查、评价处置结果", AboutEn: "A grid supervisor: sees the whole street, checks and rates results"}, street: true},
	{DemoAccount: people.DemoAccount{Login: "leader", Role: "leader", Name: "古道新", Face: "leader",
		AboutZh: "街道领导：查看全局、派单、核查、结案，审核部门答复", AboutEn: "A leader: sees all, dispatches, checks, closes, approves replies of departments"}, in: only(unitCentre), street: true},
}

// administrators are made by the set-up, as in a real office.
var administrators = []people.DemoAccount{
	{Login: "admin", Role: "system_admin", Name: "管启明", Face: "admin", AboutZh: "系统管理员：区域、单位、分类、派单规则", AboutEn: "System administrator: areas, units, categories, routing rules"},
	{Login: "security", Role: "security_admin", Name: "安之若", Face: "admin", AboutZh: "安全管理员：账号、岗位、角色", AboutEn: "Security administrator: accounts, posts, roles"},
	{Login: "audit", Role: "audit_admin", Name: "审如镜", Face: "admin", AboutZh: "审计管理员：操作与查看记录", AboutEn: "Audit administrator: the trail of changes and looks"},
}

// Accounts returns the accounts that the sign-in page of the demo offers, the daily work first.
func Accounts() []people.DemoAccount {
	var out []people.DemoAccount
	for _, a := range theAccounts {
		out = append(out, a.DemoAccount)
	}
	return append(out, administrators...)
}

// setUp names the office and makes its administrators, as the set-up page does.
func (s Services) setUp(ctx context.Context) error {
	in := people.Setup{Office: people.Office{Name: "锦云街道基层治理中心（虚构演示）"}, Admins: map[people.Administration]people.FirstAdmin{}}
	for i, of := range []people.Administration{people.SystemAdmin, people.SecurityAdmin, people.AuditAdmin} {
		a := administrators[i]
		in.Admins[of] = people.FirstAdmin{Login: a.Login, Name: a.Name, Password: Password}
	}
	return s.People.SetUp(ctx, in)
}

// makeAccounts makes the other demo accounts. Their password is final, so that a visitor can begin at once.
func (s Services) makeAccounts(ctx context.Context, p plan) error {
	units := s.unitCodes()
	street, _ := s.Grid.Tree().AreaByCode(grid.Street, p.streetCode)
	for _, a := range theAccounts {
		var posts []people.Post
		area := ""
		if a.street {
			area = street.ID
		}
		for _, u := range p.units() {
			if a.in != nil && a.in(u) {
				posts = append(posts, people.Post{Role: a.Role, UnitID: units[u.code], AreaID: area})
			}
		}
		if len(posts) == 0 {
			posts = append(posts, people.Post{Role: a.Role, AreaID: area})
		}
		switch a.Login {
		case "worker": // walks a grid of the first community
			g, _ := s.Grid.Tree().AreaByCode(grid.Grid, p.communityCode(1)+"-01")
			posts = append(posts, people.Post{Role: a.Role, UnitID: units[communityUnit(1)], AreaID: g.ID})
		case "leader": // looks at replies before they go out
			for _, code := range approving {
				posts = append(posts, people.Post{Role: "unit_head", UnitID: units[code]})
			}
		case "window": // what is only asked goes to the centre
			posts = append(posts, people.Post{Role: "department", UnitID: units[unitCentre]})
		}
		_, _, err := s.People.CreateAccount(ctx, machine, people.NewAccount{Login: a.Login, Name: a.Name, Kind: people.PersonAccount,
			Password: Password, Final: true, Posts: posts})
		if err != nil {
			return fmt.Errorf("account %s: %w", a.Login, err)
		}
	}
	return nil
}

// isDemo tells whether a visitor signs in with this login.
func isDemo(login string) bool {
	return slices.ContainsFunc(Accounts(), func(a people.DemoAccount) bool { return a.Login == login })
}
