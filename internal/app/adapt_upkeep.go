package app

import (
	"context"
	"path/filepath"

	"gezhi/internal/app/upkeep"
	"gezhi/internal/kit/audit"
)

// upkeepDeps is what upkeep needs of the program.
func (a *App) upkeepDeps() upkeep.Deps {
	return upkeep.Deps{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Folder: a.backupsFolder(), Data: a.Config.Folder, Key: a.Config.KeyFile,
		Backup: func(ctx context.Context, path string) (upkeep.Made, error) {
			m, err := a.backup(ctx, path)
			return upkeep.Made{Rows: m.Rows(), Files: m.Files.Count}, err
		},
		Rehearse: a.rehearse, Record: a.Audit.Write}
}

func (a *App) backupsFolder() string {
	if a.Config.Backups != "" {
		return a.Config.Backups
	}
	return filepath.Join(a.Config.Folder, "backups")
}

// rehearse restores an archive into an empty folder and checks everything that verify checks. The copy uses the key
// file of the store and is always on SQLite, so that a rehearsal needs no second database.
func (a *App) rehearse(ctx context.Context, path, folder string) (upkeep.Rehearsed, error) {
	c := Config{Folder: folder, KeyFile: a.Config.KeyFile, Suite: a.Config.Suite, Zone: a.Config.Zone}
	m, err := restore(ctx, c, path)
	if err != nil {
		return upkeep.Rehearsed{}, err
	}
	r := upkeep.Rehearsed{Rows: m.Rows(), Files: m.Files.Count}
	back, err := openStore(ctx, c, a.Clock, false)
	if err != nil {
		return r, err
	}
	defer back.Close()
	v, err := back.Incident.Verify(ctx)
	if err != nil {
		return r, err
	}
	r.Incidents, r.Entries, r.Broken = int64(v.Incidents), int64(v.Entries), v.Broken
	if err := back.Audit.Verify(ctx, audit.Head{}); err != nil {
		r.Broken = append(r.Broken, "audit trail: "+err.Error())
	}
	return r, nil
}
