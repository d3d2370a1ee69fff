package seal

import (
	"strings"
	"unicode/utf8"
)

// compoundSurnames are the surnames of two characters in use; the mask keeps them whole.
const compoundSurnames = " 欧阳 歐陽 太史 端木 上官 司马 司馬 东方 東方 独孤 南宫 南宮 万俟 闻人 夏侯 诸葛 諸葛 尉迟 尉遲" +
	" 公羊 赫连 赫連 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 公孫 慕容 仲孙 钟离 鍾離 长孙 長孫 宇文 司徒 鲜于 司空" +
	" 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌" +
	" 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 "

// MaskName keeps the surname and puts a star for every further character: 张*, 欧阳**.
// A name of one character is hidden whole.
func MaskName(name string) string {
	runes := []rune(strings.TrimSpace(name))
	keep := 1
	switch {
	case len(runes) <= 1:
		keep = 0
	case len(runes) > 2 && strings.Contains(compoundSurnames, " "+string(runes[:2])+" "):
		keep = 2
	}
	return string(runes[:keep]) + stars(len(runes)-keep)
}

// MaskPhone masks a value known to be a phone number: 138****1234, 010-****5678. Of a
// number in no form known here only the last digits stay, at most four and never more
// than a third.
func MaskPhone(phone string) string {
	phone = strings.TrimSpace(phone)
	if masked := MaskFreeText(phone); masked != phone {
		return masked
	}
	if len(phone) == 11 && phone[0] == '1' && strings.Trim(phone, "0123456789") == "" {
		return maskEnds(phone, 3, 4) // as long as a mobile number, also where nobody has been given it
	}
	return maskEnds(phone, 0, min(4, utf8.RuneCountInString(phone)/3))
}

// MaskID masks the number of a document: of a citizen number the first six and the last
// four places stay, of a shorter one at most one and two.
func MaskID(number string) string {
	number = strings.TrimSpace(number)
	n := utf8.RuneCountInString(number)
	switch {
	case n >= 15:
		return maskEnds(number, 6, 4)
	case n >= 7:
		return maskEnds(number, 1, 2)
	}
	return stars(n)
}

func maskEnds(text string, first, last int) string {
	runes := []rune(text)
	return string(runes[:first]) + stars(len(runes)-first-last) + string(runes[len(runes)-last:])
}

func stars(n int) string { return strings.Repeat("*", max(0, n)) }
