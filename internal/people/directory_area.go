package people

// PostsOfArea returns the posts that are held for exactly this area at an instant (unix ms), in their order.
func (d *Directory) PostsOfArea(areaID string, at int64) []Post {
	var out []Post
	for _, p := range d.current().byArea[areaID] {
		if p.Holds(at) {
			out = append(out, p)
		}
	}
	return out
}
