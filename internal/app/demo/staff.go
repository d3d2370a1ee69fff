package demo

import (
	"context"
	"fmt"

	"gezhi/internal/grid"
	"gezhi/internal/people"
)

// staffName names the invented staff, who work in the demo but cannot sign in.
var staffName = []string{
	"林知夏", "陈望舒", "何景行", "苏念安", "罗小棠", "顾南星", "温如玉", "程立雪", "叶知秋", "江照月", "夏长庚", "秦若谷",
	"白一帆", "丁小满", "石磊落", "曾平川", "贺新凉", "梁上清", "邓解语", "任远山", "孟春生", "崔明堂", "金开泰", "易水寒",
	"尹安然", "段鸿飞", "侯嘉树", "邱静之", "余音舒", "万里程", "武安邦", "钟鸣远", "汪清川", "田小禾", "廖望江", "葛洪波",
	"范仲秋", "姜晚晴", "戴云帆", "宋清和", "康乐天", "毛向阳", "龙在田", "史可鉴", "陶源溪", "黎曙光", "文思齐", "安如山",
	"常青松", "乔木生", "柳如烟", "牛得草", "雷春晓", "倪好问", "符朝晖", "卓不群", "阮小溪", "骆宾来", "伍胜男", "关山月",
}

// hire is a group of staff: so many people with a role in each of some units. Without an area the unit is the place.
type hire struct {
	role  string
	units []string
	each  int
	area  string // street, or '' for none
}

var theHires = []hire{
	{"duty", []string{unitCentre}, 4, "street"},
	{"window", []string{unitCentre}, 1, "street"},
	{"department", []string{unitCentre}, 2, ""},
	{"station", []string{"station-1", "station-2", "station-3", "station-4"}, 2, ""},
	{"department", []string{"enforcement"}, 4, ""},
	{"police", []string{unitPolice}, 3, ""},
	{"department", []string{"emergency", "municipal"}, 2, ""},
	{"department", []string{"justice", "civil", "market", unitProperty}, 1, ""},
	{"mediator", []string{unitMediation}, 2, ""},
}

// makeStaff hires everybody, and the partner whose system passes reports on.
func (s Services) makeStaff(ctx context.Context, p plan) error {
	h := hiring{Services: s, plan: p, units: s.unitCodes()}
	street, _ := s.Grid.Tree().AreaByCode(grid.Street, p.streetCode)
	for _, group := range theHires {
		for _, unit := range group.units {
			for range group.each {
				post := people.Post{Role: group.role, UnitID: h.units[unit]}
				if group.area != "" {
					post.AreaID = street.ID
				}
				h.add(post)
			}
		}
	}
	for n := range p.communities {
		h.community(n + 1)
	}
	for i, posts := range h.list {
		_, _, err := s.People.CreateAccount(ctx, machine, people.NewAccount{Login: fmt.Sprintf("staff-%02d", i+1),
			Name: staffName[i%len(staffName)], Kind: people.PersonAccount, Barred: true, Posts: posts})
		if err != nil {
			return err
		}
	}
	_, _, err := s.People.CreateAccount(ctx, machine, people.NewAccount{Login: partnerLogin, Name: "便民热线转办系统（演示）", Kind: people.PartnerAccount,
		Rate: 60, Posts: []people.Post{{Role: people.PartnerRole, AreaID: street.ID}}})
	return err
}

const partnerLogin = "partner-hotline"

// hiring puts the posts of the staff together.
type hiring struct {
	Services
	plan  plan
	units map[string]string // id by code
	list  [][]people.Post
}

func (h *hiring) add(posts ...people.Post) { h.list = append(h.list, posts) }

// community hires a head, two grid workers and a micro-grid worker for a community. On purpose the last grid of every
// third community misses its worker and one of every second its head, nobody instructs the even grids, and a part of
// the micro-grids has nobody: an office looks for its gaps.
func (h *hiring) community(n int) {
	tree := h.Grid.Tree()
	area, _ := tree.AreaByCode(grid.Community, h.plan.communityCode(n))
	unit := h.units[fmt.Sprintf("community-%d", n)]
	var head, near, far, micro []people.Post
	grids := tree.Children(area.ID)
	for i, g := range grids {
		last := i == len(grids)-1
		if !last || n%2 == 0 {
			head = append(head, people.Post{Role: "grid_head", UnitID: unit, AreaID: g.ID})
		}
		if i%2 == 0 {
			head = append(head, people.Post{Role: "grid_instructor", AreaID: g.ID})
		}
		worker := people.Post{Role: "grid_worker", UnitID: unit, AreaID: g.ID}
		switch {
		case last && n%3 == 0:
		case i < len(grids)/2:
			near = append(near, worker)
		default:
			far = append(far, worker)
		}
		for m, small := range tree.Children(g.ID) {
			if m < 4 && !last {
				micro = append(micro, people.Post{Role: "microgrid_worker", UnitID: unit, AreaID: small.ID})
			}
		}
	}
	h.add(head...)
	h.add(near...)
	h.add(far...)
	h.add(micro...)
}

// unitCodes returns the ids of the open units by code.
func (s Services) unitCodes() map[string]string {
	ids := map[string]string{}
	for _, u := range s.People.Directory().OpenUnits() {
		ids[u.Code] = u.ID
	}
	return ids
}
