package dispatch

import (
	"strconv"

	"gezhi/internal/kit/id"
)

// defaults are the rules that a new store begins with, in order. Administrators change all of them. An emergency goes to
// the command centre of the county at once and the street is told; what police and urban management answer for by law
// goes to them, what a camera or a sensor saw to whoever walks there, a quarrel to the neighbours' own committee, and
// what is only asked is answered at the centre.
var defaults = []Rule{
	{Name: "打架滋事交公安", Category: "security.fight", Target: Speciality, Value: "police"},
	{Name: "盗窃诈骗交公安", Category: "security.theft", Target: Speciality, Value: "police"},
	{Name: "紧急事件由工作站认领", Severity: "emergency", Target: NearestStation, Pool: true, Inform: []string{"centre"}},
	{Name: "噪音扰民交工作站", Category: "security.noise", Target: NearestStation},
	{Name: "城乡环境交城管", Category: "environment", Target: Speciality, Value: "urban_management", Pool: true},
	{Name: "综合执法交城管", Category: "enforcement", Target: Speciality, Value: "urban_management", Pool: true},
	{Name: "公共安全交工作站", Category: "safety", Target: NearestStation},
	{Name: "矛盾纠纷交社区调解", Category: "dispute", Target: Community},
	{Name: "物业管理交社区", Category: "livelihood.property", Target: Community},
	{Name: "水电气暖交社区", Category: "livelihood.utility", Target: Community},
	{Name: "咨询由中心答复", Kind: "enquiry", Target: Centre},
	{Name: "建议由中心答复", Kind: "suggestion", Target: Centre},
	{Name: "其他事项交工作站", Target: NearestStation},
	{Name: "没有工作站时交社区", Target: Community},
	{Name: "工作人员求助派工作站", Category: "worker_help", Target: NearestStation, Automatic: true, Sort: 5},
	{Name: "紧急事件报县级指挥中心", Severity: "emergency", Target: Command, Inform: []string{"station", "centre"}, Sort: 7},
	{Name: "视频发现直达网格员", Channel: "video", Target: NearestPerson, Inform: []string{"grid_head", "centre"}, Sort: 32},
	{Name: "感知报警直达网格员", Channel: "sensor", Target: NearestPerson, Inform: []string{"grid_head", "centre"}, Sort: 34},
	{Name: "关爱走访直达网格员", Category: "care.elderly", Target: ByWorker, Inform: []string{"grid_head", "community"}, Sort: 128},
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
