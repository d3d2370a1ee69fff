package bench

// Office is what a loop needs to know of the office that it runs in.
type Office struct {
	Addr     string   // of the server
	Reporter []string // session tokens of those who take reports and send orders
	Handler  []string // of those who handle, all of one unit
	Checker  []string // of those who check
	Unit     string   // to which orders go
	Category string
	Places   [][2]float64 // lon, lat of the matters
}

// texts are the matters that are reported; invented, and as long as such messages mostly are.
var texts = []string{
	"小区门口的路灯从上周三开始一直不亮，晚上老人和小孩出入很不安全，请尽快安排人来维修。",
	"菜市场后面的垃圾桶满了三天没有人清运，天气热臭味很大，已经影响到楼上住户的正常生活。",
	"福兴街十二号门前的人行道地砖松动，下雨天一踩就溅水，昨天还有一位老人在这里绊倒了。",
	"地下车库入口长期有车辆占道停放，早晚高峰进出都要等很久，希望能够设置隔离桩或者安排疏导。",
	"楼上装修从早上六点开始施工，中午也不休息，家里有备考的学生，已经和对方沟通过两次没有效果。",
	"公园东侧的健身器材有两处螺丝脱落，扶手会晃动，小朋友放学以后经常在上面玩，存在安全隐患。",
	"沿街几家餐馆把油烟直接排到居民楼这一侧，傍晚不敢开窗，请核实一下是否安装了净化设备。",
	"雨水井盖被过往货车压裂了一个角，现在用一块木板盖着，夜里看不清楚，骑车的人容易摔倒。",
}
