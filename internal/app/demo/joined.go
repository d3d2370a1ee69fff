package demo

import (
	"context"
	"fmt"

	"gezhi/internal/incident"
)

// makeJoined lets two more people report the noise that a visitor finds reported. The desk has merged both, and taken
// back one of them, because it was about another shop.
func (n *narrator) makeJoined(ctx context.Context) error {
	noisy, _, err := n.services.Incident.List(ctx, machine, incident.Filter{Category: "security.noise", States: []string{string(incident.Reported)}, Limit: 1})
	if err != nil || len(noisy) == 0 {
		return err
	}
	for i := range 2 {
		s := n.fixedStory(60+i, fixed{category: "security.noise", report: i + 1, channel: "app", twist: plain, stop: "reported"})
		s.name = fmt.Sprintf("%sjoined-%d", fixedPrefix, i+1)
		s.draft.Lon, s.draft.Lat, s.draft.Address = noisy[0].Lon, noisy[0].Lat, noisy[0].Address
		inc, err := n.report(ctx, s)
		if err != nil {
			return err
		}
		steps := []step{n.desk(s, "merge", map[string]any{"into": noisy[0].ID}, 1, 1)}
		if i > 0 {
			steps = append(steps, n.desk(s, "unmerge", map[string]any{"note": n.book.phrase(s.rng, "unmerge")}, 1, 1))
		}
		for _, st := range steps {
			fields, err := st.raw()
			if err != nil {
				return err
			}
			if _, err := n.services.Incident.Act(ctx, st.by, inc.ID, incident.Action{Do: st.do, Fields: fields}); err != nil {
				return fmt.Errorf("%s of %s: %w", st.do, s.name, err)
			}
			if _, err := n.services.Incident.CarryOutLinks(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
