package survey

// Demo is the plan of the demo's street: the size, the counts and the kinds that a press article gives for a real one.
// The article's kinds (8 rural, 4 business, 6 university, 112 residential, 9 market) add up to 139 and not to the 133
// that it states; the total is kept, so 106 grids are residential.
var Demo = Plan{
	Area: 56.35, Microgrids: 997, Grids: 133, Communities: 14, Patrols: 6,
	Sizes: map[string]float64{"rural": 2.2, "university": 1.5, "market": 0.7, "business": 0.75},
	Zones: []Zone{
		{Kind: "rural", Lon: 104.118, Lat: 30.718, Radius: 1900, Grids: 8},
		{Kind: "university", Lon: 104.0535, Lat: 30.719, Radius: 800, Grids: 3},
		{Kind: "university", Lon: 104.114, Lat: 30.672, Radius: 700, Grids: 3},
		{Kind: "business", Lon: 104.084, Lat: 30.6605, Radius: 450, Grids: 2},
		{Kind: "business", Lon: 104.068, Lat: 30.679, Radius: 450, Grids: 2},
		{Kind: "market", Lon: 104.0845, Lat: 30.7065, Radius: 700, Grids: 5, Own: true},
		{Kind: "market", Lon: 104.108, Lat: 30.6885, Radius: 600, Grids: 4},
	},
}
