package demo

import "image/color"

// strokes of the four characters 演示图片, each in a square of 100: what is drawn must say that it is drawn.
var strokes = [4][][4]int{
	{ // 演
		{10, 12, 20, 22}, {4, 38, 16, 46}, {6, 94, 24, 62}, {62, 4, 66, 14}, {34, 18, 96, 18}, {34, 18, 32, 30}, {96, 18, 92, 30},
		{46, 32, 84, 32}, {40, 44, 90, 44}, {40, 44, 40, 76}, {90, 44, 90, 76}, {40, 60, 90, 60}, {40, 76, 90, 76}, {65, 32, 65, 76}, {52, 80, 38, 96}, {76, 80, 94, 96},
	},
	{ // 示
		{26, 14, 74, 14}, {8, 40, 92, 40}, {50, 40, 50, 94}, {50, 94, 40, 86}, {28, 56, 12, 82}, {70, 56, 90, 80},
	},
	{ // 图
		{12, 10, 88, 10}, {12, 10, 12, 94}, {88, 10, 88, 94}, {12, 94, 88, 94}, {44, 18, 26, 42}, {42, 26, 68, 26}, {68, 26, 22, 62}, {34, 34, 76, 60},
		{44, 62, 56, 68}, {36, 74, 62, 84},
	},
	{ // 片
		{28, 8, 28, 56}, {28, 56, 10, 94}, {62, 6, 62, 36}, {28, 36, 92, 36}, {28, 60, 74, 60}, {74, 60, 74, 96},
	},
}

// label writes 演示图片 into the lower right corner.
func (c *canvas) label() {
	const size, gap = 40, 6
	x0, y0 := pictureWide-4*(size+gap)-14, pictureHigh-size-20
	c.box(x0-10, y0-10, pictureWide-8, pictureHigh-8, color.RGBA{20, 24, 30, 255})
	for i, glyph := range strokes {
		x := x0 + i*(size+gap)
		for _, s := range glyph {
			c.line(x+s[0]*size/100, y0+s[1]*size/100, x+s[2]*size/100, y0+s[3]*size/100, 3, white)
		}
	}
}
