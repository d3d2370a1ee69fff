package pdf

import "math"

func (d *Doc) line(x1, y1, x2, y2 float64, c colour, width float64) {
	d.out.SetStrokeColor(c[0], c[1], c[2])
	d.out.SetLineWidth(width)
	d.out.Line(x1, y1, x2, y2)
}

func (d *Doc) box(x, y, w, h float64, c colour) {
	if w <= 0 || h <= 0 {
		return
	}
	d.out.SetFillColor(c[0], c[1], c[2])
	d.out.RectFromUpperLeftWithStyle(x, y, w, h, "F")
}

// Bar is one bar with its name and its value in words.
type Bar struct {
	Label, Text string
	Value       float64
	Tone        Tone
}

// Bars draws horizontal bars below each other, the longest as wide as there is room. With most above 0 that value is
// the full width.
func (d *Doc) Bars(bars []Bar, most float64) {
	s := style{8.5, false, ink}
	label, text := 0.0, 0.0
	for _, b := range bars {
		if most == 0 || most < b.Value {
			most = max(most, b.Value)
		}
		label = max(label, d.width(b.Label, s))
		text = max(text, d.width(b.Text, s))
	}
	label = min(label, d.w*0.42)
	room := d.w - label - text - 14
	for _, b := range bars {
		d.need(15)
		d.write(d.x, d.y+1, d.fit(b.Label, label, s), s)
		x, c := d.x+label+8, first
		if b.Tone == Worse {
			c = bad
		}
		d.box(x, d.y+2, room, 9, ground)
		if most > 0 {
			d.box(x, d.y+2, room*b.Value/most, 9, c)
		}
		d.right(d.x+d.w, d.y+1, b.Text, s)
		d.y += 15
	}
	d.y += 4
}

// Series are values under the same labels, with the name of the line.
type Series struct {
	Name   string
	Values []float64
}

// Columns draws one or two series of values side by side under their labels, with an axis from zero and a legend.
func (d *Doc) Columns(labels []string, series []Series, height float64) {
	d.need(height + 34)
	s := style{8, false, muted}
	colours := []colour{first, second}
	x := d.x
	for i, one := range series {
		d.box(x, d.y+2, 7, 7, colours[i])
		d.write(x+11, d.y, one.Name, s)
		x += 11 + d.width(one.Name, s) + 14
	}
	d.y += 16
	top := ceiling(series)
	const axis = 26
	left, low := d.x+axis, d.y+height
	for _, part := range []float64{0, 0.5, 1} {
		y := low - height*part
		d.line(left, y, d.x+d.w, y, hair, 0.5)
		d.right(left-4, y-5, number(top*part), s)
	}
	step := (d.w - axis) / float64(max(len(labels), 1))
	w := min(step*0.72/float64(len(series)), 16)
	every := max(1, int(math.Ceil(30/step)))
	for n, label := range labels {
		from := left + step*float64(n) + (step-w*float64(len(series)))/2
		for i, one := range series {
			h := height * one.Values[n] / top
			d.box(from+w*float64(i), low-h, w-0.6, h, colours[i])
		}
		if n%every == 0 {
			at := left + step*(float64(n)+0.5)
			d.write(min(at-d.width(label, s)/2, d.x+d.w-d.width(label, s)), low+4, label, s)
		}
	}
	d.y = low + 20
}

// ceiling is the next round number above every value, and even, so that its half is whole.
func ceiling(series []Series) float64 {
	most := 2.0
	for _, s := range series {
		for _, v := range s.Values {
			most = max(most, v)
		}
	}
	size := math.Pow(10, math.Floor(math.Log10(most)))
	for _, step := range []float64{1, 2, 4, 5, 6, 8, 10} {
		if step*size >= most && math.Mod(step*size, 2) == 0 {
			return step * size
		}
	}
	return 10 * size
}
