package incident

import (
	"context"
	"slices"
	"strings"
)

// sharedSteps are the steps of a matter that everybody who reported it may follow: what was done, never what somebody
// reported, added or said about it.
var sharedSteps = []string{"accept", "dispatch", "claim", "accept_order", "arrive", "handle", "approve_reply", "self_handle", "check_pass", "rework",
	"answer", "close", "reject", "reopen"}

// shared adds to the letter of a report what concerns all who reported the same: how many they are, and what was done
// about the matter with which it is handled. It tells nothing of what the others wrote or who they are.
func (s *Service) shared(ctx context.Context, l *Letter, inc, root *Incident) error {
	l.Others = root.Joined
	if inc.State != Merged {
		return nil
	}
	l.Merged, l.Others = true, max(1, root.Joined) // it may not have been counted yet
	if root.State == Merged || root.State == Voided {
		l.State = Accepted // it comes back to the desk in a moment
		return nil
	}
	for after := int64(0); ; {
		entries, err := entriesOf(ctx, s.DB.Read(), root.ID, after, 500)
		if err != nil {
			return err
		}
		for _, e := range entries {
			after = e.Seq
			if slices.Contains(sharedSteps, e.Do) {
				step := s.step(e)
				step.Shared = true
				l.Steps = append(l.Steps, step)
			}
		}
		if len(entries) < 500 {
			break
		}
	}
	slices.SortStableFunc(l.Steps, func(a, b Step) int { return int(a.At - b.At) })
	return nil
}

// OtherView is another report of the same matter.
type OtherView struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	State      State  `json:"state"`
	Channel    string `json:"channel"`
	ReceivedAt int64  `json:"received_at" doc:"unix ms"`
	How        string `json:"how,omitempty" enum:"merge,me_too" doc:"who said that it is the same: the desk, or whoever reported it"`
}

// maxOthers bounds how many of those that were merged into an incident are listed.
const maxOthers = 100

// showOthers adds to a view what it was merged into, and what was merged into it.
func (s *Service) showOthers(ctx context.Context, v *View, i *Incident) error {
	if i.State != Merged && i.Joined == 0 {
		return nil
	}
	members, err := membersAfter(ctx, s.DB.Read(), i.ID, "", maxOthers)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(members)+1)
	for _, m := range members {
		ids = append(ids, m.Member)
	}
	found, err := briefs(ctx, s.DB.Read(), append(ids, i.MergedInto))
	if err != nil {
		return err
	}
	other := func(b brief, how string) OtherView {
		return OtherView{ID: b.id, Number: b.number, State: b.state, Channel: b.channel, ReceivedAt: b.receivedAt, How: how}
	}
	if b, ok := found[i.MergedInto]; ok && i.State == Merged {
		into := other(b, "")
		v.Into = &into
	}
	for _, m := range members {
		if b, ok := found[m.Member]; ok {
			v.Others = append(v.Others, other(b, m.How))
		}
	}
	slices.SortStableFunc(v.Others, func(a, b OtherView) int {
		if a.ReceivedAt != b.ReceivedAt {
			return int(a.ReceivedAt - b.ReceivedAt)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return nil
}

// notifiableOthers returns the reports that were merged into an incident, all of them.
func (s *Service) notifiableOthers(ctx context.Context, i *Incident) (list []NotifiableReport, err error) {
	if i.Joined == 0 {
		return nil, nil
	}
	for after := ""; ; {
		members, err := membersAfter(ctx, s.DB.Read(), i.ID, after, linkBatch)
		if err != nil {
			return nil, err
		}
		ids := make([]string, len(members))
		for n, m := range members {
			ids[n], after = m.Member, m.Member
		}
		some, err := reachable(ctx, s.DB.Read(), ids)
		if list = append(list, some...); err != nil || len(members) < linkBatch {
			return list, err
		}
	}
}
