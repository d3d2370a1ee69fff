package app

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/now"
)

type verifyCmd struct {
	Stats  bool   `help:"Also compare the kept figures with a full count."`
	Anchor string `help:"An anchor that was noted earlier, as NUMBER:SUM: the store must still hold it. Shows a store that was put back to an older state."`
	Audit  string `help:"A seal of the audit trail that was noted earlier, as NUMBER:HASH. Shows a trail whose end was cut off."`
}

// verifyTells is how often a long check says how far it is.
const verifyTells = 3 * time.Second

// Run checks the chains and changes nothing.
func (cmd *verifyCmd) Run(ctx context.Context) error {
	c, err := FromEnv()
	if err != nil {
		return err
	}
	a, err := OpenExisting(ctx, c, now.System{})
	if err != nil {
		return err
	}
	defer a.Close()
	v, err := a.Incident.Verify(ctx)
	if err != nil {
		return err
	}
	head, err := a.Audit.Head(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d incidents with %d entries\n", v.Incidents, v.Entries)
	fmt.Printf("note these two outside the store, and give them to the next verify:\n  --anchor %d:%s\n  --audit %d:%s\n", v.Anchor.Seq, v.Anchor.Sum, head.Seq, head.Hash)
	broken := v.Broken
	for _, check := range []func(context.Context, *App) ([]string, error){cmd.anchor, cmd.audit, cmd.stats} {
		more, err := check(ctx, a)
		if err != nil {
			return err
		}
		broken = append(broken, more...)
	}
	for _, b := range broken {
		fmt.Println("BROKEN", b)
	}
	if len(broken) > 0 {
		return fmt.Errorf("%d breaks found; keep the store as it is, compare it with the last backup, and tell the audit administrator", len(broken))
	}
	fmt.Println("whole: no break found")
	return nil
}

// anchor looks for an anchor that was noted outside the store.
func (cmd *verifyCmd) anchor(ctx context.Context, a *App) ([]string, error) {
	seq, sum, err := noted(cmd.Anchor)
	if err != nil || seq == 0 {
		return nil, err
	}
	kept, err := a.Incident.AnchorSum(ctx, seq)
	if err != nil {
		return nil, err
	}
	if kept != sum {
		return []string{fmt.Sprintf("anchor %d: it was noted as %s, but the store has %q: the store was put back or changed", seq, sum, kept)}, nil
	}
	return nil, nil
}

func (cmd *verifyCmd) audit(ctx context.Context, a *App) ([]string, error) {
	seq, hash, err := noted(cmd.Audit)
	if err != nil {
		return nil, err
	}
	if err := a.Audit.Verify(ctx, audit.Head{Seq: seq, Hash: hash}); err != nil {
		return []string{"audit trail: " + err.Error()}, nil
	}
	return nil, nil
}

func (cmd *verifyCmd) stats(ctx context.Context, a *App) ([]string, error) {
	if !cmd.Stats {
		return nil, nil
	}
	differences, err := a.Incident.Recount(ctx)
	if err != nil {
		return nil, err
	}
	told := a.Clock.Now()
	r, err := a.Stats.Recount(ctx, func(facts, of int64) {
		if at := a.Clock.Now(); at.Sub(told) >= verifyTells {
			told = at
			fmt.Fprintf(os.Stderr, "figures: %d of %d incidents counted\n", facts, of)
		}
	})
	fmt.Printf("figures at position %d of the feed: %d facts compared with their incidents and with all sums; %d incidents wait to be counted\n", r.Position, r.Facts, r.Waiting)
	if r.Filling {
		fmt.Println("incidents from before this release are still being counted: a running server does that by itself")
	}
	differences = append(differences, r.Differences...)
	for n := range differences {
		differences[n] = "figures: " + differences[n]
	}
	return differences, err
}

// noted reads NUMBER:TEXT.
func noted(s string) (int64, string, error) {
	if s == "" {
		return 0, "", nil
	}
	number, text, ok := strings.Cut(s, ":")
	seq, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || seq < 1 {
		return 0, "", fmt.Errorf("%q is not NUMBER:TEXT as verify prints it", s)
	}
	return seq, text, nil
}
