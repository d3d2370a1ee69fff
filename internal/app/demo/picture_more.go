package demo

import "image/color"

var (
	soil  = color.RGBA{122, 98, 74, 255}
	brick = color.RGBA{176, 96, 72, 255}
	water = color.RGBA{120, 146, 166, 255}
)

// moreScenes draw what else was found.
var moreScenes = map[string]func(*canvas){
	"rubble": func(c *canvas) {
		x := 200 + c.rng.IntN(120)
		for i := range 26 {
			col := []color.RGBA{brick, {196, 190, 180, 255}, soil}[c.rng.IntN(3)]
			px, py := x+c.rng.IntN(240), 326-c.rng.IntN(60)*(120-abs(i*9-120))/120
			c.box(px, py, px+18+c.rng.IntN(22), py+10+c.rng.IntN(10), col)
		}
		c.line(x+90, 210, x+150, 320, 8, color.RGBA{146, 110, 70, 255})
	},
	"pothole": func(c *canvas) {
		x := 230 + c.rng.IntN(160)
		c.oval(x, 404, 92, 30, 10, color.RGBA{58, 58, 62, 255})
		c.oval(x+6, 408, 66, 18, 8, soil)
		for i := range 5 {
			c.line(x-90+i*44, 380+i%2*44, x-120+i*62, 366+i%2*74, 3, dark)
		}
	},
	"wires": func(c *canvas) {
		x := 120 + c.rng.IntN(60)
		c.box(x, 90, x+12, 330, iron)
		c.box(x+360, 110, x+372, 330, iron)
		for i := range 4 {
			c.line(x+6, 100+i*8, x+180, 180+i*26, 3, dark)
			c.line(x+180, 180+i*26, x+366, 118+i*7, 3, dark)
		}
		c.line(x+180, 258, x+204, 322, 3, dark)
		c.box(x+340, 190, x+392, 250, color.RGBA{150, 152, 156, 255})
		c.box(x+350, 200, x+382, 240, dark)
	},
	"leak": func(c *canvas) {
		x := 260 + c.rng.IntN(120)
		c.oval(x, 398, 170, 30, 0, water)
		c.oval(x, 392, 66, 16, 0, dark)
		for i := -3; i <= 3; i++ {
			c.line(x+i*9, 388, x+i*26, 330+abs(i)*14, 5, color.RGBA{168, 190, 204, 255})
		}
	},
	"lane": func(c *canvas) {
		for i := range 9 {
			c.line(90+i*56, 344, 50+i*56, 470, 6, color.RGBA{226, 196, 40, 255})
		}
		scenes["car"](c)
		c.box(70, 240, 120, 300, color.RGBA{190, 40, 40, 255})
		c.box(80, 250, 110, 290, white)
	},
	"heap": func(c *canvas) {
		for i := range 7 {
			x := 150 + i*44 + c.rng.IntN(14)
			col := []color.RGBA{{240, 196, 40, 255}, {70, 140, 200, 255}, {90, 170, 110, 255}}[c.rng.IntN(3)]
			c.oval(x, 322, 20, 20, 0, dark)
			c.oval(x+50, 318, 20, 20, 0, dark)
			c.line(x, 322, x+24, 282, 6, col)
			c.line(x+24, 282, x+50, 318, 6, col)
			c.line(x+36, 262, x+48, 316, 4, iron)
		}
	},
}
