package pdf

import (
	"strings"
	"unicode"
)

// style is how a text looks.
type style struct {
	size   float64
	bold   bool
	colour colour
}

func (d *Doc) use(s style) {
	d.keep(d.out.SetFont(faces[s.bold], "", s.size))
	d.out.SetTextColor(s.colour[0], s.colour[1], s.colour[2])
}

// write puts one line of text with its upper left corner at a point.
func (d *Doc) write(x, y float64, text string, s style) {
	if text == "" {
		return
	}
	d.use(s)
	d.out.SetXY(x, y)
	d.keep(d.out.Cell(nil, text))
}

// right puts one line of text that ends at x.
func (d *Doc) right(x, y float64, text string, s style) { d.write(x-d.width(text, s), y, text, s) }

func (d *Doc) width(text string, s style) float64 {
	if text == "" {
		return 0
	}
	d.use(s)
	w, err := d.out.MeasureTextWidth(text)
	d.keep(err)
	return w
}

// fit cuts a text that is wider than it may be, and shows that it was cut.
func (d *Doc) fit(text string, width float64, s style) string {
	if d.width(text, s) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && d.width(string(letters)+"…", s) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// wrap breaks a text into lines: between Chinese characters anywhere, but not before closing marks, and words whole.
func (d *Doc) wrap(text string, width float64, s style) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, part := range parts(paragraph) {
			if line != "" && d.width(line+strings.TrimRight(part, " "), s) > width {
				lines = append(lines, strings.TrimRight(line, " "))
				line = ""
			}
			for d.width(line+part, s) > width && line == "" { // one word wider than the line
				head := d.cut(part, width, s)
				if head == part {
					break
				}
				lines = append(lines, head)
				part = part[len(head):]
			}
			line += part
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// cut returns as much of a text as is not wider than a line, and at least one letter.
func (d *Doc) cut(text string, width float64, s style) string {
	letters := []rune(text)
	n := len(letters)
	for n > 1 && d.width(string(letters[:n]), s) > width {
		n--
	}
	return string(letters[:n])
}

const noStart = "，。；：！？、）》」』】％%…·"

// parts splits a text where a line may end.
func parts(text string) []string {
	var out []string
	var open bool // the last part takes what follows
	for _, r := range text {
		wide := unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3100 || r >= 0xFF00
		switch {
		case len(out) > 0 && (strings.ContainsRune(noStart, r) || open && !wide):
			out[len(out)-1] += string(r)
		default:
			out = append(out, string(r))
		}
		open = !wide && r != ' ' || strings.ContainsRune("（《「『【", r)
		if r == ' ' {
			open = false
		}
	}
	return out
}

// Title writes what the document is, and below it what it is about.
func (d *Doc) Title(title, about string) {
	for _, line := range d.wrap(title, d.w, style{20, true, ink}) {
		d.write(d.x, d.y, line, style{20, true, ink})
		d.y += 27
	}
	d.y++
	d.lines(about, style{9.5, false, muted}, 14)
	d.y += 5
	d.line(d.x, d.y, d.x+d.w, d.y, ink, 1)
	d.y += 12
}

// Section writes a heading and keeps it with what follows for so many points.
func (d *Doc) Section(text string, with float64) {
	d.need(30 + with)
	d.y += 8
	d.write(d.x, d.y, d.fit(text, d.w, style{12, true, ink}), style{12, true, ink})
	d.y += 20
}

// Text writes a paragraph.
func (d *Doc) Text(text string) {
	d.lines(text, style{10, false, ink}, 16)
	d.y += 4
}

// Note writes a smaller, quieter paragraph.
func (d *Doc) Note(text string) {
	d.lines(text, style{8.5, false, muted}, 12.5)
	d.y += 3
}

func (d *Doc) lines(text string, s style, height float64) {
	for _, line := range d.wrap(text, d.w, s) {
		d.need(height)
		d.write(d.x, d.y, line, s)
		d.y += height
	}
}
