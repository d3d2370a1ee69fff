package demo

import (
	"context"
	"fmt"

	"gezhi/internal/grid"
	"gezhi/internal/people"
)

// staffName names the invented staff, who work in the demo but cannot sign in. The surname is the first character.
var staffName = []string{
	"林知夏", "陈望舒", "何景行", "苏念安", "罗小棠", "顾南星", "温如玉", "程立雪", "叶知秋", "江照月", "夏长庚", "秦若谷",
	"白一帆", "丁小满", "石磊落", "曾平川", "贺新凉", "梁上清", "邓解语", "任远山", "孟春生", "崔明堂", "金开泰", "易水寒",
	"尹安然", "段鸿飞", "侯嘉树", "邱静之", "余音舒", "万里程", "武安邦", "钟鸣远", "汪清川", "田小禾", "廖望江", "葛洪波",
	"范仲秋", "姜晚晴", "戴云帆", "宋清和", "康乐天", "毛向阳", "龙在田", "史可鉴", "陶源溪", "黎曙光", "文思齐", "安如山",
	"常青松", "乔木生", "柳如烟", "牛得草", "雷春晓", "倪好问", "符朝晖", "卓不群", "阮小溪", "骆宾来", "伍胜男", "关山月",
}

// nameOfStaff names the nth of the staff, counted from 0: after the list itself surnames and given names are combined
// anew, so that some hundred have names of their own.
func nameOfStaff(n int) string {
	size := len(staffName)
	surname, given := []rune(staffName[n%size]), []rune(staffName[(n+17*(n/size))%size])
	return string(surname[:1]) + string(given[1:])
}

// makeStaff hires everybody, and the partner whose system passes reports on.
func (s Services) makeStaff(ctx context.Context, p plan) error {
	street, _ := s.Grid.Tree().AreaByCode(grid.Street, p.streetCode)
	h := hiring{tree: s.Grid.Tree(), plan: p, street: street.ID, units: s.unitCodes()}
	for i, posts := range h.everybody() {
		_, _, err := s.People.CreateAccount(ctx, machine, people.NewAccount{Login: fmt.Sprintf("staff-%03d", i+1),
			Name: nameOfStaff(i), Kind: people.PersonAccount, Barred: true, Posts: posts})
		if err != nil {
			return err
		}
	}
	_, _, err := s.People.CreateAccount(ctx, machine, people.NewAccount{Login: partnerLogin, Name: "便民热线转办系统（演示）", Kind: people.PartnerAccount,
		Rate: 60, Posts: []people.Post{{Role: people.PartnerRole, AreaID: street.ID}}})
	return err
}

const partnerLogin = "partner-hotline"

// unitCodes returns the ids of the open units by code.
func (s Services) unitCodes() map[string]string {
	ids := map[string]string{}
	for _, u := range s.People.Directory().OpenUnits() {
		ids[u.Code] = u.ID
	}
	return ids
}
