package seal

import "strings"

// maxNumber is the most digits that a number found here can have (0086 and a mobile
// number have 15, a citizen number 18).
const maxNumber = 18

// MaskFreeText masks Chinese mobile numbers, landlines with area code and citizen
// numbers wherever they stand in a text, also with spaces, dashes or full-width digits
// in between. Dates, amounts, coordinates and order numbers stay as far as they can be
// told apart; in doubt a number that fits is masked. The result is never longer, and
// masking it again changes nothing.
func MaskFreeText(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return digitOf(r) != 0 }) {
		return text
	}
	runes := []rune(text)
	var out strings.Builder
	done := 0
	for _, chain := range digitChains(runes) {
		for i := 0; i < len(chain); {
			used, masked := matchNumber(chain, i)
			if used == 0 {
				i++
				continue
			}
			out.WriteString(string(runes[done:chain[i].start]))
			out.WriteString(masked)
			done = chain[i+used-1].end
			i += used
		}
	}
	if done == 0 {
		return text
	}
	out.WriteString(string(runes[done:]))
	return out.String()
}

// matchNumber finds the longest number that starts with group i and ends with a group.
// It returns how many groups it takes, 0 for none.
func matchNumber(chain []digitGroup, i int) (used int, masked string) {
	if i > 0 && fractionOf(chain[i-1]) {
		return 0, ""
	}
	digits := ""
	for j := i; j < len(chain) && !chain[j].masked; j++ {
		digits += chain[j].digits
		if len(digits) > maxNumber {
			break
		}
		if amountTail(chain, j) {
			continue
		}
		if m := maskNumber(chain[i:j+1], digits); m != "" {
			used, masked = j-i+1, m
		}
	}
	return used, masked
}

// fractionOf tells whether what follows g are the decimals of a coordinate or amount;
// one digit before a point is more often the number of a list item.
func fractionOf(g digitGroup) bool {
	return (g.gap == "." || g.gap == "．") && len(g.digits) >= 2
}

// amountTail tells whether group j is followed by the decimals of an amount.
func amountTail(chain []digitGroup, j int) bool {
	return chain[j].gap == "." && j+1 < len(chain) && len(chain[j+1].digits) <= 2
}

func maskNumber(groups []digitGroup, digits string) string {
	if len(digits) < 10 {
		return ""
	}
	if ValidIDNumber(digits) && wholeGroups(groups) {
		return digits[:6] + stars(len(digits)-10) + digits[len(digits)-4:]
	}
	if m := maskMobile(groups, digits); m != "" {
		return m
	}
	return maskLandline(groups, digits)
}

// wholeGroups tells a number written in parts from a list of small figures: all parts
// have three digits or more, or the digits stand one by one.
func wholeGroups(groups []digitGroup) bool {
	single, long := true, true
	for _, g := range groups {
		single = single && len(g.digits) == 1
		long = long && len(g.digits) >= 3
	}
	return single || long
}

func maskMobile(groups []digitGroup, digits string) string {
	prefix := ""
	for _, p := range []string{"0086", "86", "0"} {
		if strings.HasPrefix(digits, p) && len(digits) == 11+len(p) {
			prefix = p
		}
	}
	number := digits[len(prefix):]
	if len(number) != 11 || !allDigits(number) || number[0] != '1' || number[1] < '3' {
		return ""
	}
	shown := prefix
	if prefix != "" && groups[0].digits == prefix {
		shown += groups[0].gap
		groups = groups[1:]
	}
	if !wholeGroups(groups) {
		return ""
	}
	return shown + number[:3] + stars(4) + number[7:]
}

// maskLandline knows 010 and 02x with eight digits and 03xx to 09xx with seven or eight.
// The area code is a group of its own, or the whole number is one group.
func maskLandline(groups []digitGroup, digits string) string {
	if digits[0] != '0' || digits[1] == '0' || !allDigits(digits) {
		return ""
	}
	area, least := 4, 7
	if digits[:3] == "010" || digits[1] == '2' {
		area, least = 3, 8
	} else if digits[1] == '1' {
		return ""
	}
	local := len(digits) - area
	if local < least || local > 8 || digits[area] == '0' {
		return ""
	}
	gap := ""
	if len(groups) > 1 {
		if groups[0].digits != digits[:area] || !wholeGroups(groups[1:]) {
			return ""
		}
		gap = groups[0].gap
	}
	return digits[:area] + gap + stars(4) + digits[area+4:]
}
