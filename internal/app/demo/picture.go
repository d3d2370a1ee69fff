package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
)

// Pictures are drawn, so that nothing and nobody real is shown.
const (
	pictureWide = 640
	pictureHigh = 480
	variants    = 3 // of each scene
)

// sceneOf names what a picture of a category shows; empty when there is nothing to show.
func sceneOf(category string) string {
	if scene := sceneByCategory[category]; scene != "" {
		return scene
	}
	if strings.HasPrefix(category, "enforcement.") {
		return "stall"
	}
	return ""
}

// sceneByCategory names the scene of each category that has one of its own.
var sceneByCategory = map[string]string{
	"environment.manhole": "manhole", "environment.rubbish": "bags", "environment.waste": "rubble", "environment.light": "light",
	"environment.road": "pothole", "environment.green": "tree", "environment.sewage": "leak", "environment.smoke": "wall",
	"safety.wiring": "wires", "safety.water": "puddle", "safety.fire": "lane", "safety.ebike": "bike", "safety.falling": "wall", "safety.other": "wall",
	"enforcement.parking": "car", "enforcement.stall": "stall",
}

// canvas is a picture while it is drawn.
type canvas struct {
	*image.RGBA
	rng *rand.Rand
}

// picture draws a scene as PNG: as it was found, or after it was put right. The same variant is the same picture.
func picture(scene string, after bool, variant int) ([]byte, error) {
	c := &canvas{image.NewRGBA(image.Rect(0, 0, pictureWide, pictureHigh)), rand.New(rand.NewPCG(seed, uint64(variant+10*len(scene)+100*int(scene[0])+100_000*int(scene[1]))))}
	c.street()
	if !after {
		found := scenes[scene]
		if found == nil {
			found = moreScenes[scene]
		}
		found(c)
	} else {
		repaired(c, scene)
	}
	c.label()
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, c.RGBA)
	return b.Bytes(), err
}

// street draws sky, houses, pavement and road.
func (c *canvas) street() {
	sky := []color.RGBA{{176, 208, 232, 255}, {214, 220, 226, 255}, {236, 214, 190, 255}}[c.rng.IntN(3)]
	c.box(0, 0, pictureWide, 210, sky)
	for x := -20; x < pictureWide; {
		w, h := 70+c.rng.IntN(60), 70+c.rng.IntN(90)
		wall := []color.RGBA{{198, 178, 158, 255}, {180, 188, 196, 255}, {206, 192, 150, 255}, {170, 160, 170, 255}}[c.rng.IntN(4)]
		c.box(x, 210-h, x+w, 210, wall)
		for wy := 210 - h + 12; wy < 196; wy += 26 {
			for wx := x + 10; wx < x+w-14; wx += 24 {
				c.box(wx, wy, wx+12, wy+14, color.RGBA{96, 116, 136, 255})
			}
		}
		x += w + 4
	}
	c.box(0, 210, pictureWide, 330, color.RGBA{188, 184, 176, 255})
	for x := 0; x < pictureWide; x += 40 {
		c.line(x, 210, x-60, 330, 1, color.RGBA{160, 156, 150, 255})
	}
	for y := 230; y < 330; y += 28 {
		c.line(0, y, pictureWide, y, 1, color.RGBA{160, 156, 150, 255})
	}
	c.box(0, 330, pictureWide, 344, color.RGBA{150, 148, 144, 255})
	c.box(0, 344, pictureWide, pictureHigh, color.RGBA{92, 94, 98, 255})
	for x := 20; x < pictureWide; x += 120 {
		c.box(x, 410, x+60, 418, color.RGBA{232, 232, 226, 255})
	}
}

// box fills a rectangle.
func (c *canvas) box(x0, y0, x1, y1 int, col color.RGBA) {
	for y := max(y0, 0); y < min(y1, pictureHigh); y++ {
		for x := max(x0, 0); x < min(x1, pictureWide); x++ {
			c.SetRGBA(x, y, col)
		}
	}
}

// oval fills an ellipse around a centre, tilted by so many pixels over its width.
func (c *canvas) oval(cx, cy, rx, ry, tilt int, col color.RGBA) {
	for x := -rx; x <= rx; x++ {
		for y := -ry; y <= ry; y++ {
			if x*x*ry*ry+y*y*rx*rx <= rx*rx*ry*ry {
				c.dot(cx+x, cy+y+x*tilt/(2*rx), col)
			}
		}
	}
}

// line draws a line of a width in pixels.
func (c *canvas) line(x0, y0, x1, y1, wide int, col color.RGBA) {
	steps := max(abs(x1-x0), abs(y1-y0), 1)
	for i := range steps + 1 {
		x, y := x0+(x1-x0)*i/steps, y0+(y1-y0)*i/steps
		for dx := range wide {
			for dy := range wide {
				c.dot(x+dx-wide/2, y+dy-wide/2, col)
			}
		}
	}
}

func (c *canvas) dot(x, y int, col color.RGBA) {
	if x >= 0 && y >= 0 && x < pictureWide && y < pictureHigh {
		c.SetRGBA(x, y, col)
	}
}

func abs(n int) int { return max(n, -n) }
