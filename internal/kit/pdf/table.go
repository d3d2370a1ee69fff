package pdf

// Tone says how a text is meant: plain, or as better or worse than something.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Better
	Worse
	Quiet
)

func (t Tone) colour() colour {
	return [...]colour{Plain: ink, Better: good, Worse: bad, Quiet: muted}[t]
}

// Remark is a short text with its tone.
type Remark struct {
	Text string
	Tone Tone
}

// Card is one headline figure with what is to be said of it.
type Card struct {
	Label, Value string
	Remarks      []Remark
}

// Cards puts figures side by side, so many in a row.
func (d *Doc) Cards(cards []Card, row int) {
	const gap = 8
	w := (d.w - gap*float64(row-1)) / float64(row)
	for len(cards) > 0 {
		n := min(row, len(cards))
		most := 0
		for _, c := range cards[:n] {
			most = max(most, len(c.Remarks))
		}
		height := 44 + 12*float64(most)
		d.need(height + gap)
		for i, c := range cards[:n] {
			x := d.x + float64(i)*(w+gap)
			d.box(x, d.y, w, height, ground)
			d.write(x+9, d.y+8, d.fit(c.Label, w-18, style{8.5, false, muted}), style{8.5, false, muted})
			d.write(x+9, d.y+20, d.fit(c.Value, w-18, style{17, true, ink}), style{17, true, ink})
			for k, r := range c.Remarks {
				s := style{8, false, r.Tone.colour()}
				d.write(x+9, d.y+42+12*float64(k), d.fit(r.Text, w-18, s), s)
			}
		}
		d.y += height + gap
		cards = cards[n:]
	}
}

// Column is one column of a table.
type Column struct {
	Head  string
	Right bool    // figures end at the right
	Share float64 // of the width; what remains is shared by those with 0
}

// Table writes a table; its header stands again on every page that it reaches. Cells of the first column may take two
// lines, others are cut.
func (d *Doc) Table(columns []Column, rows [][]Remark) {
	widths := d.widths(columns)
	d.need(18 + 17)
	d.head(columns, widths)
	s := style{9, false, ink}
	for _, row := range rows {
		lines := d.wrap(row[0].Text, widths[0]-8, s)
		if len(lines) > 2 {
			lines = []string{lines[0], d.fit(lines[1]+lines[2], widths[0]-8, s)}
		}
		height := 5.5 + 11.5*float64(len(lines))
		if !d.inside && d.y+height > pageHeight-bottom {
			d.newPage()
			d.head(columns, widths)
		}
		x := d.x
		for i, cell := range row {
			s := style{9, false, cell.Tone.colour()}
			switch {
			case i == 0:
				for k, line := range lines {
					d.write(x, d.y+3+11.5*float64(k), line, s)
				}
			case columns[i].Right:
				d.right(x+widths[i]-4, d.y+3, d.fit(cell.Text, widths[i]-6, s), s)
			default:
				d.write(x, d.y+3, d.fit(cell.Text, widths[i]-8, s), s)
			}
			x += widths[i]
		}
		d.y += height
		d.line(d.x, d.y, d.x+d.w, d.y, hair, 0.4)
	}
	d.y += 6
}

func (d *Doc) widths(columns []Column) []float64 {
	rest, free := 1.0, 0
	for _, c := range columns {
		rest -= c.Share
		if c.Share == 0 {
			free++
		}
	}
	out := make([]float64, len(columns))
	for i, c := range columns {
		if c.Share == 0 {
			c.Share = rest / float64(free)
		}
		out[i] = c.Share * d.w
	}
	return out
}

func (d *Doc) head(columns []Column, widths []float64) {
	s := style{8.5, true, muted}
	x := d.x
	for i, c := range columns {
		if c.Right {
			d.right(x+widths[i]-4, d.y, d.fit(c.Head, widths[i]-6, s), s)
		} else {
			d.write(x, d.y, d.fit(c.Head, widths[i]-8, s), s)
		}
		x += widths[i]
	}
	d.y += 14
	d.line(d.x, d.y, d.x+d.w, d.y, muted, 0.7)
}
