package ground

import "strconv"

// communityNames are invented. Each fits what lies there: fields, markets, schools, shops.
var communityNames = [...]string{
	"百集社区", "书声社区", "麦田社区", "柳岸社区", "集雅社区", "云杉社区", "槐安社区",
	"听泉社区", "枕河社区", "鹿鸣社区", "华灯社区", "晴川社区", "知秋社区", "望野社区",
}

func nameOf(community int) string {
	if community < len(communityNames) {
		return communityNames[community]
	}
	return "第" + numeral(community+1) + "社区"
}

var digits = [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// numeral writes a number from 1 to 99 as people count: 一, 十, 十二, 二十三.
func numeral(n int) string {
	switch {
	case n <= 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
