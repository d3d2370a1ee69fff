package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"gezhi/internal/kit/geo"
	"gezhi/internal/video"
)

// The register of the demo: so many sites with so many streams, as one street has published. All of them are invented,
// and none has an address: there is nothing to watch.
const (
	cameraSites   = 105
	cameraStreams = 2134
)

// sights are the kinds of the demo's cameras: how many there are of each, and how many streams a site has at first.
var sights = []struct {
	kind, letter, place string
	sites, streams      int
}{
	{"checkpoint", "KK", "%s路口卡口", 14, 6},
	{"lookout", "LW", "%s楼顶瞭望点", 5, 4},
	{"social", "SH", "%s物业接入点", 24, 30},
	{"security", "ZA", "%s街面监控", 62, 18},
}

// LoadCameras fills the register of cameras: along the streets, which are the borders of micro-grids, always the same.
func LoadCameras(ctx context.Context, s Services, v *video.Service) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	b, err := readBook()
	if err != nil {
		return err
	}
	homes, tree := s.homes(p, b), s.Grid.Tree()
	rng := rand.New(rand.NewPCG(cameraSites, cameraStreams)) // #nosec G404 -- invented places
	list := make([]video.Camera, 0, cameraSites)
	for _, s := range sights {
		for n := range s.sites {
			at := homes[(n*len(homes)/s.sites+len(list))%len(homes)] // every kind goes over the whole street
			c := video.Camera{Number: fmt.Sprintf("%s-%03d", s.letter, n+1), Name: fmt.Sprintf(s.place, at.compound), Kind: s.kind, State: video.Working,
				Point: roadside(rng, at.area.Shape), Streams: make([]video.Stream, s.streams)}
			if patrol, ok := tree.PatrolAreaOf(at.area.ID); ok && s.kind != "social" {
				c.Owner = patrol.StationID
			}
			list = append(list, c)
		}
	}
	// What is still missing of the whole number goes to the compounds and streets one by one.
	missing := cameraStreams
	for _, c := range list {
		missing -= len(c.Streams)
	}
	for n := 0; missing > 0; n++ {
		if c := &list[19+n%(cameraSites-19)]; rng.IntN(3) > 0 {
			c.Streams = append(c.Streams, video.Stream{})
			missing--
		}
	}
	for i := range list {
		wear(rng, &list[i], i)
	}
	return v.CreateAll(ctx, machine, list)
}

// wear numbers the streams of a camera and lets a few of them, and a few whole sites, be out of order.
func wear(rng *rand.Rand, c *video.Camera, n int) {
	switch n % 26 {
	case 9:
		c.State = video.Broken
	case 22:
		if n < 26 {
			c.State = video.Off
		}
	}
	for i := range c.Streams {
		c.Streams[i] = video.Stream{Number: fmt.Sprintf("%02d", i+1), State: video.Working}
		if chance(rng, 3) {
			c.Streams[i].State = video.Broken
		}
	}
}

// roadside is a point at the edge of a shape, some metres to its inner side.
func roadside(rng *rand.Rand, shape geo.Shape) geo.Point {
	middle, _ := shape.Inside()
	ring := shape[0][0]
	for range 40 {
		i := rng.IntN(len(ring) - 1)
		a, b, part := ring[i], ring[i+1], rng.Float64()
		edge := geo.Point{Lon: a.Lon + (b.Lon-a.Lon)*part, Lat: a.Lat + (b.Lat-a.Lat)*part}
		p := rounded(geo.Point{Lon: edge.Lon + (middle.Lon-edge.Lon)*0.04, Lat: edge.Lat + (middle.Lat-edge.Lat)*0.04})
		if shape.Contains(p) {
			return p
		}
	}
	return middle
}
