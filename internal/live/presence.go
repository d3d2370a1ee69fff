package live

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
)

// PresentFor is how long somebody counts as present after their browser last said so. Browsers say so every 20 s.
const PresentFor = 60 * time.Second

// Presence knows who has an item open, so that two people do not write the same answer. It stands in the store,
// because the two may be served by different nodes.
type Presence struct {
	DB    *db.DB
	Clock now.Clock
	// Sees returns the fault with which an actor is told that there is no such item for them; nil when they may read it.
	Sees func(ctx context.Context, actor authz.Actor, item string) error
	// Among returns those of some items that an actor may read.
	Among func(ctx context.Context, actor authz.Actor, items []string) ([]string, error)
	// Name returns what an account is called.
	Name func(account string) string
}

// Present is somebody who has an item open.
type Present struct {
	Account string
	Name    string
	Since   int64 // unix ms
	Typing  bool
}

// PresentAt is somebody who has a certain item open.
type PresentAt struct {
	Item string
	Present
}

// mostPresent is how many are told of at once, as a list shows no more rows; mostAnywhere bounds among how many they are
// found.
const (
	mostPresent  = 200
	mostAnywhere = 5_000
)

// Around returns who else has what open now, of what the actor may read, item by item. It announces nobody.
func (p *Presence) Around(ctx context.Context, actor authz.Actor) ([]PresentAt, error) {
	silent := p.Clock.Now().UnixMilli() - PresentFor.Milliseconds()
	all, err := presentAnywhere(ctx, p.DB.Read(), actor.AccountID, silent, mostAnywhere)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var items []string // they come item by item
	for _, one := range all {
		if len(items) == 0 || items[len(items)-1] != one.Item {
			items = append(items, one.Item)
		}
	}
	if items, err = p.Among(ctx, actor, items); err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(all, func(one PresentAt) bool { return !slices.Contains(items, one.Item) })
	out = out[:min(len(out), mostPresent)]
	for n := range out {
		out[n].Name = p.Name(out[n].Account)
	}
	return out, nil
}

// Stay notes that the actor has the item open and returns who else has. It refuses whoever may not read the item.
func (p *Presence) Stay(ctx context.Context, actor authz.Actor, item string, typing bool) ([]Present, error) {
	if err := p.Sees(ctx, actor, item); err != nil {
		return nil, err
	}
	at := p.Clock.Now().UnixMilli()
	silent := at - PresentFor.Milliseconds()
	var others []Present
	err := p.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := clearPresence(ctx, tx, silent); err != nil {
			return err
		}
		if err := putPresence(ctx, tx, item, actor.AccountID, at, typing); err != nil {
			return err
		}
		var err error
		others, err = presentAt(ctx, tx, item, actor.AccountID, silent)
		return err
	})
	for n := range others {
		others[n].Name = p.Name(others[n].Account)
	}
	return others, err
}

// Leave notes that the actor closed the item. Leaving what one does not have open is no fault.
func (p *Presence) Leave(ctx context.Context, actor authz.Actor, item string) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return dropPresence(ctx, tx, item, actor.AccountID)
	})
}
