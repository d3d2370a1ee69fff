package demo

import "image/color"

var (
	iron   = color.RGBA{70, 72, 76, 255}
	dark   = color.RGBA{28, 28, 30, 255}
	green  = color.RGBA{74, 128, 70, 255}
	orange = color.RGBA{226, 120, 40, 255}
	white  = color.RGBA{244, 244, 240, 255}
)

// scenes draw what was found.
var scenes = map[string]func(*canvas){
	"manhole": func(c *canvas) {
		x := 240 + c.rng.IntN(140)
		c.oval(x, 392, 74, 26, 0, dark)
		c.oval(x+8, 380, 72, 24, -26, iron)
		for i := -2; i <= 2; i++ {
			c.line(x-40+i*18, 386+i*-6, x+8+i*18, 372+i*-6, 3, color.RGBA{110, 112, 116, 255})
		}
	},
	"bags": func(c *canvas) {
		for i := range 3 + c.rng.IntN(3) {
			x := 200 + i*52 + c.rng.IntN(16)
			col := []color.RGBA{{60, 62, 70, 255}, {230, 226, 214, 255}, {84, 110, 84, 255}}[c.rng.IntN(3)]
			c.oval(x, 316, 34, 30, 0, col)
			c.box(x-6, 276, x+6, 290, col)
		}
	},
	"light": func(c *canvas) {
		x := 250 + c.rng.IntN(160)
		c.line(x, 330, x+18, 90, 8, iron)
		c.line(x+18, 92, x+84, 104, 6, iron)
		c.oval(x+90, 110, 26, 10, 0, dark)
		c.line(x+18, 130, x+60, 240, 2, dark)
	},
	"puddle": func(c *canvas) {
		x := 280 + c.rng.IntN(100)
		c.oval(x, 400, 150, 34, 0, color.RGBA{120, 146, 166, 255})
		c.oval(x-20, 394, 90, 14, 0, color.RGBA{158, 182, 198, 255})
		c.line(x-150, 372, x-60, 388, 4, dark)
		c.line(x-60, 388, x+20, 366, 4, dark)
	},
	"tree": func(c *canvas) {
		c.line(140, 322, 430+c.rng.IntN(60), 270, 16, color.RGBA{106, 78, 52, 255})
		for range 9 {
			c.oval(400+c.rng.IntN(130), 230+c.rng.IntN(80), 36, 26, 0, green)
		}
	},
	"car": func(c *canvas) {
		x := 190 + c.rng.IntN(120)
		col := []color.RGBA{{178, 52, 48, 255}, {236, 236, 236, 255}, {52, 84, 140, 255}}[c.rng.IntN(3)]
		c.box(x, 300, x+240, 362, col)
		c.box(x+46, 258, x+190, 304, col)
		c.box(x+58, 266, x+112, 300, color.RGBA{150, 176, 190, 255})
		c.box(x+122, 266, x+178, 300, color.RGBA{150, 176, 190, 255})
		c.oval(x+52, 364, 27, 27, 0, dark)
		c.oval(x+190, 364, 27, 27, 0, dark)
	},
	"bike": func(c *canvas) {
		x := 240 + c.rng.IntN(120)
		c.oval(x, 318, 26, 26, 0, dark)
		c.oval(x+120, 318, 26, 26, 0, dark)
		c.line(x, 316, x+60, 286, 9, orange)
		c.line(x+60, 286, x+120, 316, 9, orange)
		c.line(x+96, 246, x+120, 316, 6, iron)
		c.box(x+22, 274, x+66, 286, dark)
		c.line(x+50, 290, x+20, 0, 3, color.RGBA{200, 40, 40, 255})
	},
	"stall": func(c *canvas) {
		x := 180 + c.rng.IntN(140)
		for i := range 6 {
			col := white
			if i%2 == 0 {
				col = color.RGBA{200, 60, 50, 255}
			}
			c.box(x+i*40, 214, x+i*40+40, 240, col)
		}
		c.box(x+8, 240, x+14, 330, iron)
		c.box(x+226, 240, x+232, 330, iron)
		c.box(x, 288, x+240, 326, color.RGBA{150, 110, 70, 255})
		for i := range 10 {
			c.oval(x+20+i*22, 284, 10, 9, 0, []color.RGBA{orange, green, {200, 40, 50, 255}}[i%3])
		}
	},
	"wall": func(c *canvas) {
		x := 220 + c.rng.IntN(100)
		c.box(x, 60, x+200, 214, color.RGBA{190, 170, 140, 255})
		c.line(x+40, 60, x+90, 130, 4, dark)
		c.line(x+90, 130, x+70, 210, 4, dark)
		c.oval(x+120, 120, 30, 22, 8, color.RGBA{130, 110, 92, 255})
		for i := range 7 {
			c.box(x+60+i*18, 300+i%3*8, x+72+i*18, 308+i%3*8, color.RGBA{150, 130, 110, 255})
		}
	},
}

// repaired draws the place after handling: cleared, with a cone, or with the thing as it should be.
func repaired(c *canvas, scene string) {
	switch scene {
	case "manhole":
		x := 300
		c.oval(x, 392, 74, 26, 0, iron)
		c.oval(x, 392, 62, 20, 0, color.RGBA{96, 98, 102, 255})
	case "light":
		x := 320
		c.line(x, 330, x, 90, 8, iron)
		c.line(x, 92, x+70, 92, 6, iron)
		c.oval(x+76, 98, 40, 22, 0, color.RGBA{255, 232, 150, 255})
	case "lane", "car", "heap":
		for i := range 9 {
			c.line(90+i*56, 344, 50+i*56, 470, 6, color.RGBA{226, 196, 40, 255})
		}
	case "pothole":
		c.oval(300, 404, 110, 28, 6, color.RGBA{66, 68, 72, 255})
		c.box(250, 300, 350, 322, color.RGBA{206, 202, 194, 255})
	case "wires":
		c.box(140, 90, 152, 330, iron)
		c.box(500, 90, 512, 330, iron)
		c.line(146, 104, 506, 112, 4, dark)
		c.line(146, 112, 506, 120, 4, dark)
	case "tree":
		c.line(330, 326, 330, 190, 14, color.RGBA{106, 78, 52, 255})
		for range 8 {
			c.oval(285+c.rng.IntN(90), 130+c.rng.IntN(70), 38, 28, 0, green)
		}
	default:
		x := 300 + c.rng.IntN(80)
		for i := range 48 {
			col := orange
			if i/12%2 == 1 {
				col = white
			}
			c.box(x-4-i/2, 270+i, x+4+i/2, 271+i, col)
		}
		c.box(x-34, 318, x+34, 326, orange)
	}
}
