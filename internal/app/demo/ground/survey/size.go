package survey

// sizer knows how large a micro-grid should be at a place.
type sizer struct {
	plan Plan
	base float64 // m2 of an ordinary one
}

func newSizer(p Plan) *sizer { return &sizer{p, p.Area * 1e6 / float64(p.Microgrids)} }

// factor compares a place with an ordinary one.
func (s *sizer) factor(at Point) float64 {
	for _, z := range s.plan.Zones {
		if metres(at, z.at()) < z.Radius {
			return s.plan.Sizes[z.Kind]
		}
	}
	return 1
}

func (s *sizer) ordinary(at Point) float64 { return s.base * s.factor(at) }

func (z Zone) at() Point { return pointOf([2]float64{z.Lon, z.Lat}) }
