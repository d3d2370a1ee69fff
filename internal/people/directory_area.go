package people

// PostsOfArea returns the posts that are held for exactly this area at an instant (unix ms), in their order.
func (d *Directory) PostsOfArea(areaID string, at int64) []Post {
	return holding(d.current().byArea[areaID], at)
}

// PostsOfUnit returns the posts that are held in a unit at an instant (unix ms), in their order.
func (d *Directory) PostsOfUnit(unitID string, at int64) []Post {
	return holding(d.current().byUnit[unitID], at)
}

// PostsOf returns the posts that a person holds at an instant (unix ms), in their order.
func (d *Directory) PostsOf(account string, at int64) []Post {
	return holding(d.current().byHand[account], at)
}

func holding(posts []Post, at int64) []Post {
	var out []Post
	for _, p := range posts {
		if p.Holds(at) {
			out = append(out, p)
		}
	}
	return out
}

// Posts returns every post that a person holds at an instant (unix ms), in no order.
func (d *Directory) Posts(at int64) []Post {
	var out []Post
	for _, posts := range d.current().byHand {
		out = append(out, holding(posts, at)...)
	}
	return out
}
