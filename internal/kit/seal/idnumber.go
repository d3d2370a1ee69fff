package seal

import (
	"strings"
	"time"
)

// idRegions are the first two digits of GB/T 2260, with 81-83 (residence permits for
// people from Hong Kong, Macao and Taiwan) and 9x (permanent residence of foreigners).
const idRegions = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54" +
	" 61 62 63 64 65 71 81 82 83 90 91 92 93 94 95 96 97 98 99 "

// ValidIDNumber tells whether text is a citizen number of 18 places (GB 11643-1999:
// region, real date of birth, check digit by ISO 7064 MOD 11-2; x or X) or of the older
// form with 15 digits, which has no check digit.
func ValidIDNumber(text string) bool {
	switch len(text) {
	case 15:
		return allDigits(text) && idRegion(text) && realDate("19"+text[6:12])
	case 18:
		return allDigits(text[:17]) && idRegion(text) && realDate(text[6:14]) && idCheck(text[:17]) == upper(text[17])
	}
	return false
}

func idRegion(text string) bool { return strings.Contains(idRegions, " "+text[:2]+" ") }

func realDate(text string) bool {
	t, err := time.Parse("20060102", text)
	return err == nil && t.Year() >= 1850 && t.Year() < 2100
}

func idCheck(digits string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return "10X98765432"[sum%11]
}

func upper(b byte) byte {
	if b == 'x' {
		return 'X'
	}
	return b
}

func allDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
