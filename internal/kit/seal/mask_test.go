package seal_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"gezhi/internal/kit/seal"
)

func TestMaskName(t *testing.T) {
	for name, want := range map[string]string{
		"":             "",
		"张":            "*",
		"张三":           "张*",
		" 王小明 ":        "王**",
		"欧阳震华":         "欧阳**",
		"司马光":          "司马*",
		"欧阳":           "欧*",
		"买买提·艾力":       "买*****",
		"张*":           "张*",
		"John":         "J***",
		"\xff\xfe\xfd": "\ufffd**",
	} {
		assert.Equal(t, want, seal.MaskName(name), "%q", name)
	}
}

func TestMaskPhone(t *testing.T) {
	for phone, want := range map[string]string{
		"":                "",
		"13812341234":     "138****1234",
		"12300000178":     "123****0178",
		"138 1234 1234":   "138****1234",
		"+8613812341234":  "+86138****1234",
		"+86 13812341234": "+86 138****1234",
		"010-12345678":    "010-****5678",
		"01012345678":     "010****5678",
		"0512-6512345":    "0512-****345",
		"(0512)65123456":  "(0512)****3456",
		"65123456":        "******56",
		"+1 415 555 0132": "***********0132",
		"110":             "**0",
		"12":              "**",
	} {
		assert.Equal(t, want, seal.MaskPhone(phone), "%q", phone)
	}
}

func TestMaskID(t *testing.T) {
	for number, want := range map[string]string{
		"":                   "",
		"34052419800101001X": "340524********001X",
		"340524800101001":    "340524*****1001",
		"E12345678":          "E******78",
		"H1234":              "*****",
	} {
		assert.Equal(t, want, seal.MaskID(number), "%q", number)
	}
}

func TestValidIDNumber(t *testing.T) {
	for number, want := range map[string]bool{
		"34052419800101001X":  true,
		"34052419800101001x":  true,
		"340524198001010013":  false,
		"11010519491231002X":  true,
		"99052419800101001X":  false, // the region is part of the check
		"34052419800230001X":  false,
		"340524800101001":     true,
		"990524801301001":     false,
		"":                    false,
		"3405241980010100１X":  false,
		"34052419800101001XX": false,
	} {
		assert.Equal(t, want, seal.ValidIDNumber(number), "%q", number)
	}
}

func TestMaskFreeTextFindsNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"请联系张先生13812345678，谢谢":        "请联系张先生138****5678，谢谢",
		"tel:13812345678.":            "tel:138****5678.",
		"138 1234 5678":               "138****5678",
		"138-1234-5678":               "138****5678",
		"138.1234.5678":               "138****5678",
		"138 - 1234 - 5678":           "138****5678",
		"1 3 8 1 2 3 4 5 6 7 8":       "138****5678",
		"１３８１２３４５６７８":                 "138****5678",
		"１３８－１２３４－５６７８":               "138****5678",
		"+86 138 1234 5678":           "+86 138****5678",
		"008613812345678":             "0086138****5678",
		"013812345678":                "0138****5678",
		"**13812345678**":             "**138****5678**",
		"13812345678/13987654321":     "138****5678/139****4321",
		"13812345678 13987654321":     "138****5678 139****4321",
		"1.13812345678 2.13987654321": "1.138****5678 2.139****4321",
		"(1)13812345678":              "(1)138****5678",
		"2024-01-01 13812345678":      "2024-01-01 138****5678",
		"手机13812345678.2024年登记":       "手机138****5678.2024年登记",
		"座机0512-65123456转801":         "座机0512-****3456转801",
		"座机0512-65123456-801":         "座机0512-****3456-801",
		"（010）12345678":               "（010）****5678",
		"010 6512 3456":               "010 ****3456",
		"02165123456":                 "021****3456",
		"身份证34052419800101001X":       "身份证340524********001X",
		"34052419800101001x，男":        "340524********001X，男",
		"340524 19800101 001X":        "340524********001X",
		"３４０５２４１９８００１０１００１Ｘ":                "340524********001X",
		"旧证340524800101001":                 "旧证340524*****1001",
		"张三 13812345678 11010519491231002X": "张三 138****5678 110105********002X",
	} {
		assert.Equal(t, want, seal.MaskFreeText(text), "%q", text)
	}
}

func TestMaskFreeTextLeavesOtherFigures(t *testing.T) {
	for _, text := range []string{
		"", "没有数字", "路灯坏了3盏", "2024-01-01 08:30", "20240101123000", "2024.01.01-2024.12.31",
		"订单号202401011234567890", "订单号12345678901234567890", "单号138123456789", "340524198001010013",
		"1712345678901", "金额13812345678.00元", "坐标120.13812345678", "经度120.15507,纬度30.27415",
		"12345热线", "110", "400-800-8820", "95588", "15 30 45 12 180", "车牌苏H12345", "3号楼2单元501",
		"12345678901", "10086", "0.13", "00000000000", "6222021234567890123", "138****5678", "340524********001X",
	} {
		assert.Equal(t, text, seal.MaskFreeText(text), "%q", text)
	}
}

func FuzzMaskFreeText(f *testing.F) {
	f.Add("13812345678")
	f.Add("13812341380 1234567")
	f.Add("1 3 8 1 2 3 4 1 3 8 0 0 0 0 0 0 0 0 0")
	f.Add("010-12345678 0512 6512345")
	f.Add("34052419800101001X 138 1234 5678")
	f.Add("1391 1111 138****5678")
	f.Fuzz(func(t *testing.T, text string) {
		once := seal.MaskFreeText(text)
		if utf8.RuneCountInString(once) > utf8.RuneCountInString(text) {
			t.Fatalf("%q became longer: %q", text, once)
		}
		if again := seal.MaskFreeText(once); again != once {
			t.Fatalf("%q -> %q -> %q", text, once, again)
		}
		seal.MaskPhone(text)
		seal.MaskName(text)
		seal.MaskID(text)
		if strings.Count(once, "*") == strings.Count(text, "*") && once != text {
			t.Fatalf("%q changed without a mask: %q", text, once)
		}
	})
}

// TestMaskFreeTextOfAnyMix joins the very pieces numbers are made of, which random bytes
// hardly ever are.
func TestMaskFreeTextOfAnyMix(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"1", "3", "8", "0", "5", "138", "1380", "13812345678", "139", "1234", "5678", "86", "0086", "+", "010",
		"0512", "12345678", "6512345", "340524", "19800101", "001X", "34052419800101001X", "340524800101001", "x",
		" ", "  ", "-", ".", "）", "(", "*", "****", "*****", "，", "张", "a", "\n", "１３８", "５６７８", "　",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(t, "pieces"), "")
		once := seal.MaskFreeText(text)
		if again := seal.MaskFreeText(once); again != once {
			t.Fatalf("%q -> %q -> %q", text, once, again)
		}
		if utf8.RuneCountInString(once) > utf8.RuneCountInString(text) {
			t.Fatalf("%q became longer: %q", text, once)
		}
	})
}
