package incident

// builtInFields are what some of the built-in categories ask. The same name means the same wherever it stands, so that
// an answer stays with its incident when the category changes.
var builtInFields = map[string][]Field{
	"security.noise": {
		{Name: "noise_from", Label: "噪声来源", LabelEN: "Where the noise comes from", Type: "choice", Residents: true, Options: []FieldOption{
			{Value: "shop", Label: "商户", LabelEN: "A business"}, {Value: "building", Label: "施工", LabelEN: "Building work"},
			{Value: "square", Label: "广场舞", LabelEN: "Dancing in a square"}, {Value: "home", Label: "邻居", LabelEN: "Neighbours"},
			{Value: "vehicle", Label: "车辆", LabelEN: "Vehicles"}}},
	},
	"security.theft": {
		{Name: "loss", Label: "损失金额（元）", LabelEN: "Loss (yuan)", Type: "number", Wanted: true, Residents: true},
		{Name: "happened_on", Label: "发生日期", LabelEN: "Day it happened", Type: "date", Residents: true},
	},
	"safety.ebike": {
		{Name: "charging", Label: "充电位置", LabelEN: "Where it is charged", Type: "choice", Wanted: true, Residents: true, Options: []FieldOption{
			{Value: "stairs", Label: "楼道", LabelEN: "Stairwell"}, {Value: "home", Label: "室内", LabelEN: "Inside a flat"},
			{Value: "window", Label: "窗外飞线", LabelEN: "Cable from a window"}, {Value: "shed", Label: "车棚", LabelEN: "Shed"}}},
	},
	"petition.wage": {
		{Name: "employer", Label: "欠薪单位", LabelEN: "Who owes", Type: "text", Wanted: true, Residents: true},
		{Name: "workers", Label: "涉及人数", LabelEN: "People concerned", Type: "number", Wanted: true, Residents: true},
		{Name: "owed_since", Label: "从哪天起欠", LabelEN: "Owed since", Type: "date", Residents: true},
	},
	"environment.manhole": {
		{Name: "cover", Label: "井盖上的字", LabelEN: "Words on the cover", Type: "choice", Wanted: true, Residents: true, Options: []FieldOption{
			{Value: "rain", Label: "雨水", LabelEN: "Rain water"}, {Value: "sewage", Label: "污水", LabelEN: "Sewage"},
			{Value: "power", Label: "电力", LabelEN: "Power"}, {Value: "telecom", Label: "通信", LabelEN: "Telecom"},
			{Value: "gas", Label: "燃气", LabelEN: "Gas"}, {Value: "none", Label: "看不清", LabelEN: "Cannot be read"}}},
	},
	"environment.light": {
		{Name: "lamp_post", Label: "灯杆编号", LabelEN: "Lamp post number", Type: "text", Wanted: true, Residents: true,
			Hint: "灯杆上的号牌，看不到可以不填。", HintEN: "On the plate of the post; leave it out if it cannot be seen."},
		{Name: "lamps_out", Label: "几盏不亮", LabelEN: "Lamps that are out", Type: "number", Residents: true},
	},
	"enforcement.stall": {
		{Name: "shop", Label: "店铺名称", LabelEN: "Name of the shop", Type: "text", Residents: true},
	},
	"enforcement.parking": {
		{Name: "plate", Label: "车牌号", LabelEN: "Number plate", Type: "text", Wanted: true, Residents: true,
			Hint: "没有牌照请写“无牌”。", HintEN: "Write “none” where there is no plate."},
		{Name: "abandoned", Label: "长期无人使用", LabelEN: "Abandoned", Type: "bool", Residents: true},
	},
	"enforcement.market": {
		{Name: "shop", Label: "店铺名称", LabelEN: "Name of the shop", Type: "text", Wanted: true, Residents: true},
		{Name: "goods", Label: "商品名称", LabelEN: "Goods", Type: "text", Residents: true},
	},
	"livelihood.property": {
		{Name: "lift", Label: "电梯编号", LabelEN: "Lift number", Type: "text", Residents: true,
			Hint: "轿厢里标牌上的编号。", HintEN: "On the plate inside the lift."},
		{Name: "trapped", Label: "有人被困", LabelEN: "Somebody is trapped", Type: "bool", Residents: true},
	},
}
