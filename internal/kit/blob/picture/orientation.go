package picture

import "image"

// orientation says how stored pixels are turned to stand upright (Exif tag 0x0112).
type orientation int

const upright orientation = 1

// size turns the size of the stored pixels into that of the upright picture.
func (o orientation) size(p image.Point) image.Point {
	if o >= 5 {
		return image.Pt(p.Y, p.X)
	}
	return p
}

// turn returns the picture upright.
func (o orientation) turn(src *image.RGBA) *image.RGBA {
	if o == upright {
		return src
	}
	stored := src.Bounds().Size()
	size := o.size(stored)
	dst := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			from := o.source(x, y, stored)
			copy(dst.Pix[y*dst.Stride+x*4:][:4], src.Pix[from.Y*src.Stride+from.X*4:])
		}
	}
	return dst
}

// source tells which stored pixel is shown at x, y.
func (o orientation) source(x, y int, stored image.Point) image.Point {
	right, bottom := stored.X-1, stored.Y-1
	switch o {
	case 2:
		return image.Pt(right-x, y)
	case 3:
		return image.Pt(right-x, bottom-y)
	case 4:
		return image.Pt(x, bottom-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(y, bottom-x)
	case 7:
		return image.Pt(right-y, bottom-x)
	case 8:
		return image.Pt(right-y, x)
	}
	return image.Pt(x, y)
}
