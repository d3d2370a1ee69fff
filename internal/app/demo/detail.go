package demo

import (
	"fmt"
	"time"

	"gezhi/internal/incident"
)

// wanted is what somebody at the place finds out of what the category asks for and nobody has told. Names and plates
// are none that could be somebody's.
func (n *narrator) wanted(s *story, inc *incident.Incident) map[string]any {
	found := map[string]any{}
	for _, d := range n.services.Incident.Categories().Fields(inc.Category) {
		if _, told := inc.Details[d.Name]; told || !d.Wanted || d.Retired {
			continue
		}
		switch d.Type {
		case "number":
			found[d.Name] = float64(1 + s.rng.IntN(9))
		case "bool":
			found[d.Name] = chance(s.rng, 50)
		case "choice":
			found[d.Name] = pick(s.rng, d.Options).Value
		case "date":
			found[d.Name] = time.UnixMilli(inc.ReceivedAt).AddDate(0, 0, -s.rng.IntN(30)).Format(time.DateOnly)
		default:
			found[d.Name] = foundText(d.Name, s.rng.IntN(400)+1)
		}
	}
	return found
}

func foundText(field string, number int) string {
	switch field {
	case "plate":
		return "无牌"
	case "shop":
		return "街角小店"
	case "employer":
		return "装修队，没有招牌"
	}
	return fmt.Sprintf("第 %d 号", number)
}
