package app

import (
	"context"
	"os"
	"path/filepath"

	"gezhi/internal/grid"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// bare opens the program on an empty throw-away store, for what only needs its shape.
func bare() (*App, func(), error) {
	dir, err := os.MkdirTemp("", "gezhi-bare")
	if err != nil {
		return nil, nil, err
	}
	c, err := FromEnv()
	if err != nil {
		return nil, nil, err
	}
	c.DB, c.Folder, c.KeyFile = "", dir, filepath.Join(dir, "gezhi.key")
	a, err := Open(context.Background(), c, now.System{})
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	return a, func() { a.Close(); os.RemoveAll(dir) }, nil
}

func gridByCode(code string) grid.Filter { return grid.Filter{Q: code} }

// peopleOptions tells people about the demo.
func (a *App) peopleOptions() people.Options {
	o := people.Options{Suite: string(a.Keys.Suite()), Changed: func() {
		if hub := a.live.Load(); hub != nil {
			hub.RecheckAll()
		}
	}, Page: func() people.PageInfo {
		info := people.PageInfo{Version: Version, Demo: a.demo && a.Config.Demo}
		if info.Demo {
			info.Accounts = demoAccounts()
		}
		return info
	}}
	if a.Config.measuring {
		o.Cost, o.SignInBurst = people.Cost{Passes: 1, MemoryKiB: 64, Threads: 1}, 1_000_000
	}
	if a.demo && !a.Config.Demo {
		o.SignInClosed = "demo.closed"
	}
	return o
}
