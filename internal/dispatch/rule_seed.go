package dispatch

import (
	"strconv"

	"gezhi/internal/kit/id"
)

// defaults are the rules that a new store begins with, in order. Administrators change all of them. What police and
// urban management answer for by law goes to them, an emergency to whoever is nearest, a quarrel to the neighbours'
// own committee, and what is only asked is answered at the centre.
var defaults = []Rule{
	{Name: "打架滋事交公安", Category: "security.fight", Target: Speciality, Value: "police"},
	{Name: "盗窃诈骗交公安", Category: "security.theft", Target: Speciality, Value: "police"},
	{Name: "紧急事件由工作站认领", Severity: "emergency", Target: Station, Pool: true},
	{Name: "噪音扰民交工作站", Category: "security.noise", Target: Station},
	{Name: "城乡环境交城管", Category: "environment", Target: Speciality, Value: "urban_management", Pool: true},
	{Name: "综合执法交城管", Category: "enforcement", Target: Speciality, Value: "urban_management", Pool: true},
	{Name: "公共安全交工作站", Category: "safety", Target: Station},
	{Name: "矛盾纠纷交社区调解", Category: "dispute", Target: Community},
	{Name: "物业管理交社区", Category: "livelihood.property", Target: Community},
	{Name: "水电气暖交社区", Category: "livelihood.utility", Target: Community},
	{Name: "咨询由中心答复", Kind: "enquiry", Target: Centre},
	{Name: "建议由中心答复", Kind: "suggestion", Target: Centre},
	{Name: "其他事项交工作站", Target: Station},
	{Name: "没有工作站时交社区", Target: Community},
	{Name: "工作人员求助派工作站", Category: "worker_help", Target: Station, Automatic: true, Sort: 5},
}

// seeds returns the default rules as rows. Their ids are the same in every installation, so that two nodes that start
// at once do not make them twice.
func seeds() []Rule {
	out := make([]Rule, len(defaults))
	for n, r := range defaults {
		r.ID = id.Derive("routing rule", strconv.Itoa(n+1))
		if r.Sort == 0 {
			r.Sort = int64(n+1) * 10
		}
		r.Active, r.Version = true, 1
		if r.Inform == nil {
			r.Inform = []string{}
		}
		out[n] = r
	}
	return out
}
