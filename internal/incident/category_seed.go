package incident

import (
	"strings"

	"gezhi/internal/kit/fault"
)

// builtIn is the category tree that a new store begins with. The top level are the six functions of MISSION XJ-29,
// then disputes and care; the names and hint words below are our own. Administrators change all of it.
var builtIn = []Category{
	{Code: "security", NameZH: "社会治安", NameEN: "Public security"},
	{Code: "security.noise", Parent: "security", NameZH: "噪音扰民", NameEN: "Noise", Kind: "complaint", Public: true, Words: "噪音 噪声 喧哗 吵闹 扰民 太吵 很吵 吵得 睡不着 夜间施工 广场舞 大声"},
	{Code: "security.fight", Parent: "security", NameZH: "打架滋事", NameEN: "Fights and disorder", Kind: "help", Severity: "major", Words: "打架 斗殴 滋事 打人 持刀"},
	{Code: "security.theft", Parent: "security", NameZH: "盗窃诈骗", NameEN: "Theft and fraud", Kind: "help", Words: "被偷 盗窃 诈骗 骗钱 小偷 被骗"},
	{Code: "security.dog", Parent: "security", NameZH: "犬只管理", NameEN: "Dogs", Kind: "complaint", Public: true, Words: "流浪狗 遛狗 犬 狗咬 不牵绳"},
	{Code: "security.other", Parent: "security", NameZH: "其他治安", NameEN: "Other public security"},
	{Code: "safety", NameZH: "公共安全", NameEN: "Public safety"},
	{Code: "safety.fire", Parent: "safety", NameZH: "消防隐患", NameEN: "Fire hazard", Kind: "hazard", Severity: "major", Public: true, Words: "消防 火灾 起火 冒烟 堵塞通道 灭火器 消防通道"},
	{Code: "safety.ebike", Parent: "safety", NameZH: "电动车违规充电", NameEN: "Unsafe e-bike charging", Kind: "hazard", Public: true, Words: "电动车充电 电瓶车 飞线 飞线充电 楼道充电 电瓶"},
	{Code: "safety.gas", Parent: "safety", NameZH: "燃气隐患", NameEN: "Gas hazard", Kind: "hazard", Severity: "emergency", Words: "燃气 煤气 天然气 漏气"},
	{Code: "safety.wiring", Parent: "safety", NameZH: "用电隐患", NameEN: "Electrical hazard", Kind: "hazard", Severity: "major", Public: true, Words: "私拉乱接 电线 漏电 裸露 电缆 变压器"},
	{Code: "safety.falling", Parent: "safety", NameZH: "高空坠物", NameEN: "Falling objects", Kind: "hazard", Severity: "major", Public: true, Words: "高空抛物 坠落 掉落 外墙脱落 墙皮 广告牌松动"},
	{Code: "safety.water", Parent: "safety", NameZH: "积水内涝", NameEN: "Flooding", Kind: "hazard", Public: true, Words: "积水 内涝 淹水 排水不畅"},
	{Code: "safety.other", Parent: "safety", NameZH: "其他安全隐患", NameEN: "Other hazards", Kind: "hazard", Words: "隐患 危险"},
	{Code: "petition", NameZH: "信访稳定", NameEN: "Petition and stability"},
	{Code: "petition.wage", Parent: "petition", NameZH: "拖欠工资", NameEN: "Unpaid wages", Kind: "appeal", Words: "拖欠工资 欠薪 农民工工资 讨薪 工钱"},
	{Code: "petition.land", Parent: "petition", NameZH: "征地拆迁", NameEN: "Land and demolition", Kind: "appeal", Words: "拆迁 征地 安置房 补偿款 过渡费"},
	{Code: "petition.other", Parent: "petition", NameZH: "其他信访", NameEN: "Other petitions", Words: "信访 上访"},
	{Code: "environment", NameZH: "城乡环境", NameEN: "Urban and rural environment"},
	{Code: "environment.rubbish", Parent: "environment", NameZH: "暴露垃圾", NameEN: "Exposed rubbish", Kind: "complaint", Public: true, Words: "垃圾 脏乱 臭味 垃圾桶 满溢"},
	{Code: "environment.waste", Parent: "environment", NameZH: "建筑垃圾渣土", NameEN: "Construction waste", Kind: "complaint", Public: true, Words: "建筑垃圾 渣土 装修垃圾 沙石 砖块"},
	{Code: "environment.manhole", Parent: "environment", NameZH: "井盖破损", NameEN: "Manhole covers", Kind: "hazard", Severity: "major", Public: true, Words: "井盖 窨井 下水道盖"},
	{Code: "environment.light", Parent: "environment", NameZH: "路灯故障", NameEN: "Street lights", Kind: "complaint", Public: true, Words: "路灯 不亮 没有灯 照明"},
	{Code: "environment.road", Parent: "environment", NameZH: "道路破损", NameEN: "Road damage", Kind: "complaint", Public: true, Words: "路面 坑洼 破损 塌陷 人行道 地砖"},
	{Code: "environment.green", Parent: "environment", NameZH: "绿化养护", NameEN: "Greenery", Kind: "complaint", Public: true, Words: "绿化 树枝 草坪 树木 修剪 倒伏"},
	{Code: "environment.sewage", Parent: "environment", NameZH: "污水外溢", NameEN: "Sewage", Kind: "complaint", Public: true, Words: "污水 下水道堵 化粪池 外溢 排污"},
	{Code: "environment.smoke", Parent: "environment", NameZH: "油烟扬尘", NameEN: "Fumes and dust", Kind: "complaint", Public: true, Words: "油烟 扬尘 焚烧 异味 灰尘"},
	{Code: "enforcement", NameZH: "综合执法", NameEN: "Enforcement"},
	{Code: "enforcement.building", Parent: "enforcement", NameZH: "违法建设", NameEN: "Illegal building", Kind: "complaint", Words: "违建 私搭乱建 违章建筑 搭建 彩钢棚"},
	{Code: "enforcement.stall", Parent: "enforcement", NameZH: "占道经营", NameEN: "Street vending", Kind: "complaint", Public: true, Words: "占道 摆摊 流动摊贩 出店经营 烧烤摊"},
	{Code: "enforcement.parking", Parent: "enforcement", NameZH: "违规停车", NameEN: "Parking", Kind: "complaint", Public: true, Words: "乱停 停车 占用车位 僵尸车 违停 共享单车"},
	{Code: "enforcement.advert", Parent: "enforcement", NameZH: "广告招牌", NameEN: "Signs and adverts", Kind: "complaint", Public: true, Words: "小广告 牛皮癣 招牌 横幅"},
	{Code: "enforcement.market", Parent: "enforcement", NameZH: "市场食品", NameEN: "Markets and food", Kind: "complaint", Words: "食品 过期 假货 缺斤少两 无证经营 价格"},
	{Code: "livelihood", NameZH: "民生诉求", NameEN: "Livelihood"},
	{Code: "livelihood.property", Parent: "livelihood", NameZH: "物业管理", NameEN: "Property management", Kind: "complaint", Words: "物业 电梯 物业费 维修基金 业委会 门禁"},
	{Code: "livelihood.utility", Parent: "livelihood", NameZH: "水电气暖", NameEN: "Water, power and heat", Kind: "help", Words: "停水 停电 水压 自来水 供暖 断水 断电"},
	{Code: "livelihood.transport", Parent: "livelihood", NameZH: "交通出行", NameEN: "Transport", Kind: "suggestion", Words: "公交 红绿灯 堵车 斑马线 站台"},
	{Code: "livelihood.school", Parent: "livelihood", NameZH: "教育医疗", NameEN: "School and health", Kind: "enquiry", Words: "入学 学校 医保 医院 报销 疫苗 学位"},
	{Code: "livelihood.housing", Parent: "livelihood", NameZH: "住房社保", NameEN: "Housing and insurance", Kind: "enquiry", Words: "公租房 社保 养老金 低保 补贴 户口 居住证"},
	{Code: "livelihood.other", Parent: "livelihood", NameZH: "其他诉求", NameEN: "Other matters"},
	{Code: "dispute", NameZH: "矛盾纠纷", NameEN: "Disputes"},
	{Code: "dispute.neighbour", Parent: "dispute", NameZH: "邻里纠纷", NameEN: "Neighbours", Kind: "help", Words: "邻居 邻里 楼上 楼下 漏水 漏到"},
	{Code: "dispute.family", Parent: "dispute", NameZH: "婚姻家庭", NameEN: "Family", Kind: "help", Words: "家暴 离婚 抚养 赡养 夫妻"},
	{Code: "dispute.contract", Parent: "dispute", NameZH: "合同消费", NameEN: "Contracts and purchases", Kind: "help", Words: "退款 合同 押金 健身卡 预付卡 违约"},
	{Code: "care", NameZH: "服务关爱", NameEN: "Care"},
	{Code: "care.elderly", Parent: "care", NameZH: "独居老人", NameEN: "Elderly living alone", Kind: "help", Words: "独居 老人 摔倒 没人照顾"},
	{Code: "care.child", Parent: "care", NameZH: "困境儿童", NameEN: "Children in difficulty", Kind: "help", Words: "留守儿童 孤儿 小孩 走失"},
	{Code: helpCategory, NameZH: "工作人员求助", NameEN: "A colleague needs help", Kind: "help", Severity: "emergency"},
}

// check notes what is wrong with a category as an administrator gave it.
func (k *Category) check(c *Categories) error {
	var f fault.Fields
	k.Code = fault.CheckText(&f, "code", k.Code, true, 60)
	k.NameZH = fault.CheckText(&f, "name", k.NameZH, true, 40)
	k.NameEN = fault.CheckText(&f, "name_en", k.NameEN, true, 80)
	k.Words = fault.CheckText(&f, "words", k.Words, false, 500)
	for _, r := range k.Code {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '_' {
			f.Add("code", "field.pattern", "pattern", "a-z 0-9 . _")
			break
		}
	}
	if k.Parent != "" {
		if _, ok := c.Get(k.Parent); !ok || !strings.HasPrefix(k.Code, k.Parent+".") {
			f.Add("parent", "category.parent")
		}
	}
	checkChoice(&f, "kind", k.Kind, Kinds)
	checkChoice(&f, "severity", k.Severity, Severities)
	k.Fields = ownFields(k.Fields)
	checkFields(&f, k.Fields)
	if old, ok := c.Get(k.Code); ok {
		if k.Fields == nil {
			k.Fields = old.Fields
		}
		k.Fields = keepRetired(&f, old.Fields, k.Fields)
	}
	return f.Err()
}
