package pdf

import "strconv"

// number writes a value of an axis: whole, with groups of three.
func number(v float64) string {
	digits := strconv.FormatInt(int64(v), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
