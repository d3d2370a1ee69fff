// Package pdf lays out calm A4 pages: text in an embedded font that can be searched and copied, figures, tables that go
// on over pages, and charts drawn as lines and areas.
package pdf

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/signintech/gopdf"
)

// ContentType is what a document is served as.
const ContentType = "application/pdf"

// Fonts are the two faces in which documents are written, as TrueType.
type Fonts struct{ Regular, Bold []byte }

// ReadFonts reads the faces that the build put beside the web application. fs.ErrNotExist tells that it was built
// without them.
func ReadFonts(files fs.FS) (*Fonts, error) {
	f := &Fonts{}
	for name, into := range map[string]*[]byte{"print/regular.ttf.gz": &f.Regular, "print/bold.ttf.gz": &f.Bold} {
		packed, err := files.Open(name)
		if err != nil {
			return nil, err
		}
		defer packed.Close()
		plain, err := gzip.NewReader(packed)
		if err == nil {
			*into, err = io.ReadAll(plain)
		}
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
	}
	return f, nil
}

// Info describes a document.
type Info struct {
	Title  string
	Author string
	At     time.Time
	Foot   string                      // at the left below each page
	Page   func(number, of int) string // at the right
}

// Measures of the page, in points.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	margin     = 46.0
	bottom     = 54.0 // where content ends above the edge
)

// The colours of print; on paper there is no other theme.
type colour [3]uint8

var (
	ink    = colour{27, 36, 48}
	muted  = colour{91, 104, 118}
	hair   = colour{214, 221, 229}
	ground = colour{245, 247, 250}
	first  = colour{31, 94, 190}
	second = colour{18, 128, 92}
	good   = colour{18, 128, 92}
	bad    = colour{182, 32, 32}
)

// Doc is a document being written, from top to bottom. The first error stays and is told by Bytes.
type Doc struct {
	out    gopdf.GoPdf
	info   Info
	x, w   float64 // where a line begins and how wide it is
	y      float64 // where the next thing stands
	err    error
	inside bool // beside something else: no new page
}

// New begins a document with an empty first page.
func New(fonts *Fonts, info Info) (*Doc, error) {
	if fonts == nil || len(fonts.Regular) == 0 || len(fonts.Bold) == 0 {
		return nil, errors.New("no fonts to write with")
	}
	d := &Doc{info: info, x: margin, w: pageWidth - 2*margin}
	d.out.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageWidth, H: pageHeight}})
	d.out.SetInfo(gopdf.PdfInfo{Title: info.Title, Author: info.Author, Creator: info.Author, Producer: info.Author, CreationDate: info.At})
	d.keep(d.out.AddTTFFontData(faces[false], fonts.Regular))
	d.keep(d.out.AddTTFFontData(faces[true], fonts.Bold))
	d.newPage()
	return d, d.err
}

var faces = map[bool]string{false: "regular", true: "bold"}

func (d *Doc) keep(err error) {
	if d.err == nil {
		d.err = err
	}
}

func (d *Doc) newPage() {
	d.out.AddPage()
	d.y = margin
}

// Pages tells how many pages there are so far.
func (d *Doc) Pages() int { return d.out.GetNumberOfPages() }

// need begins a new page when less than so much room is left.
func (d *Doc) need(height float64) {
	if !d.inside && d.y+height > pageHeight-bottom {
		d.newPage()
	}
}

// Space leaves room.
func (d *Doc) Space(height float64) { d.y += height }

// Beside puts two things next to each other; both must fit into height.
func (d *Doc) Beside(height float64, left, right func()) {
	d.need(height)
	const gap = 22
	x, w, y := d.x, d.w, d.y
	d.inside, d.w = true, (w-gap)/2
	left()
	low := d.y
	d.x, d.y = x+d.w+gap, y
	right()
	d.x, d.w, d.y, d.inside = x, w, max(low, d.y), false
}

// Bytes ends the document: it writes what stands below each page and returns the file.
func (d *Doc) Bytes() ([]byte, error) {
	pages := d.Pages()
	for n := 1; n <= pages; n++ {
		d.keep(d.out.SetPage(n))
		y := pageHeight - bottom + 16
		d.line(margin, y, pageWidth-margin, y, hair, 0.5)
		d.write(margin, y+7, d.info.Foot, style{size: 8, colour: muted})
		if d.info.Page != nil {
			d.right(pageWidth-margin, y+7, d.info.Page(n, pages), style{size: 8, colour: muted})
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	return d.out.GetBytesPdfReturnErr()
}
