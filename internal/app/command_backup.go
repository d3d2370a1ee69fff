package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gezhi/internal/app/backup"
	"gezhi/internal/incident"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/durable"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
	"gezhi/migrations"
)

type backupCmd struct {
	Out string `required:"" help:"File to write, e.g. gezhi-2026-11-22.tar.gz. It must not exist yet."`
}

// Run writes a backup. It may run beside a server.
func (cmd *backupCmd) Run(ctx context.Context) error {
	if _, err := os.Lstat(cmd.Out); err == nil {
		return fmt.Errorf("%s exists already: choose another name; no backup is overwritten", cmd.Out)
	}
	c, err := FromEnv()
	if err != nil {
		return err
	}
	a, err := OpenExisting(ctx, c, now.System{})
	if err != nil {
		return err
	}
	defer a.Close()
	m, err := a.backup(ctx, cmd.Out)
	if err != nil {
		return err
	}
	info, err := os.Stat(cmd.Out)
	if err != nil {
		return err
	}
	fmt.Printf("backup: %d rows of %d tables and %d files in %s (%.1f MB)\n", m.Rows(), len(m.Tables), m.Files.Count, cmd.Out, float64(info.Size())/1e6)
	fmt.Printf("THE KEY FILE IS NOT INSIDE: keep a copy of %s in another place. Without it names, phone numbers and pictures\n"+
		"cannot be opened and the backup cannot be restored; with it and the backup, everything can be read.\n", c.KeyFile)
	return nil
}

// backup writes an archive under a temporary name and gives it its own when it is whole and on the disk.
func (a *App) backup(ctx context.Context, path string) (backup.Manifest, error) {
	schema, _, err := a.DB.Schema(ctx, migrations.Tree)
	if err != nil {
		return backup.Manifest{}, err
	}
	out, err := os.CreateTemp(filepath.Dir(path), ".gezhi-backup-*")
	if err != nil {
		return backup.Manifest{}, err
	}
	defer os.Remove(out.Name()) // after the link there is nothing left that anybody needs
	defer out.Close()
	m, err := backup.Write(ctx, out, backup.Source{DB: a.DB, Schema: schema, Files: a.filesFolder(), Keys: a.Keys,
		Program: Version, At: a.Clock.Now()})
	if err != nil {
		return m, err
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return m, err
	}
	if err := os.Link(out.Name(), path); err != nil { // unlike a rename it never replaces another backup
		return m, err
	}
	return m, durable.SyncFolder(filepath.Dir(path))
}

type restoreCmd struct {
	File string `arg:"" help:"Backup to restore, into the empty store of GEZHI_DATA or GEZHI_DB." type:"existingfile"`
}

// Run restores a backup into an empty store of either engine and verifies it.
func (cmd *restoreCmd) Run(ctx context.Context) error {
	c, err := FromEnv()
	if err != nil {
		return err
	}
	m, err := restore(ctx, c, cmd.File)
	if err != nil {
		return err
	}
	fmt.Printf("restored: %d rows of %d tables and %d files, made at %s on %s\n", m.Rows(), len(m.Tables), m.Files.Count, m.MadeAt, m.Engine)
	return (&verifyCmd{}).Run(ctx)
}

// restore checks an archive in full before it changes anything, and then fills the store of a configuration.
func restore(ctx context.Context, c Config, path string) (backup.Manifest, error) {
	keys, err := existingKeys(c)
	if err != nil {
		return backup.Manifest{}, err
	}
	in, err := os.Open(path)
	if err != nil {
		return backup.Manifest{}, err
	}
	defer in.Close()
	m, err := backup.Check(ctx, in, keys)
	if err != nil {
		return m, fmt.Errorf("nothing was changed: %w", err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return m, err
	}
	d, err := db.Open(ctx, c.DB, c.Folder)
	if err != nil {
		return m, err
	}
	defer d.Close()
	target := &App{Config: c, DB: d}
	unlock, err := target.lockFolder()
	if err != nil {
		return m, err
	}
	defer unlock()
	if err := schemaFor(ctx, d, m); err != nil {
		return m, fmt.Errorf("nothing was changed: %w", err)
	}
	_, err = backup.Restore(ctx, in, backup.Target{DB: d, Files: target.filesFolder(),
		Index: func(ctx context.Context, tx db.Tx) error { return incident.Reindex(ctx, d, tx) }})
	if err != nil {
		return m, fmt.Errorf("no row was changed: %w", err)
	}
	return m, d.Migrate(ctx, migrations.Tree)
}

// existingKeys loads the key file and never makes one: a new one could open nothing of a backup.
func existingKeys(c Config) (*seal.Keys, error) {
	if !exists(c.KeyFile) {
		return nil, fmt.Errorf("the key file %s is missing: put the one there with which the backup was made, or set GEZHI_KEY_FILE to it", c.KeyFile)
	}
	keys, err := seal.LoadOrCreate(c.KeyFile, c.Suite)
	var exposed *seal.ExposedError
	if err != nil && !errors.As(err, &exposed) {
		return nil, fmt.Errorf("key file: %w", err)
	}
	return keys, nil
}

// schemaFor brings an empty store to the schema that the archive's rows have.
func schemaFor(ctx context.Context, d *db.DB, m backup.Manifest) error {
	store, newest, err := d.Schema(ctx, migrations.Tree)
	switch {
	case err != nil:
		return err
	case m.Schema > newest:
		return fmt.Errorf("the backup was made by a newer program (%s): restore it with that one", m.Program)
	case store != 0 && store != m.Schema:
		return errors.New("the store was made by another program than the backup: restore into a new folder (GEZHI_DATA) or a new database (GEZHI_DB)")
	}
	return d.MigrateTo(ctx, migrations.Tree, m.Schema)
}
