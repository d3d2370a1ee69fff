package picture

import (
	"image"

	"golang.org/x/image/draw"
)

// shrink returns the picture on white, its longer side at most side. It goes in two
// steps, means over whole blocks and then less than a halving, so that no step skips
// pixels and none needs memory in the size of the original.
func shrink(img image.Image, side int) *image.RGBA {
	size := img.Bounds().Size()
	longer := max(size.X, size.Y)
	side = max(side, 1)
	small := blocks(img, max(1, longer/side))
	if longer <= side {
		return small
	}
	target := image.Rect(0, 0, max(1, size.X*side/longer), max(1, size.Y*side/longer))
	if small.Bounds() == target {
		return small
	}
	dst := image.NewRGBA(target)
	draw.ApproxBiLinear.Scale(dst, target, small, small.Bounds(), draw.Src, nil)
	return dst
}

// blocks returns the means of blocks of k by k pixels, those at the edges smaller.
func blocks(img image.Image, k int) *image.RGBA {
	from := img.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, (from.Dx()+k-1)/k, (from.Dy()+k-1)/k))
	band := image.NewRGBA(image.Rect(0, 0, from.Dx(), min(k, from.Dy())))
	for y := range dst.Rect.Dy() {
		rows := min(k, from.Dy()-y*k)
		draw.Draw(band, band.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(band, image.Rect(0, 0, from.Dx(), rows), img, from.Min.Add(image.Pt(0, y*k)), draw.Over)
		for x := range dst.Rect.Dx() {
			mean(dst.Pix[y*dst.Stride+x*4:][:4], band, x*k, min(k, from.Dx()-x*k), rows)
		}
	}
	return dst
}

func mean(out []byte, band *image.RGBA, left, columns, rows int) {
	var sum [4]int
	for y := range rows {
		row := band.Pix[y*band.Stride+left*4:][:columns*4]
		for i, v := range row {
			sum[i%4] += int(v)
		}
	}
	n := columns * rows
	for c := range sum {
		out[c] = byte((sum[c] + n/2) / n)
	}
}
