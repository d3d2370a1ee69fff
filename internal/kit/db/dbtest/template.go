package dbtest

import (
	"context"
	"errors"
	"testing"

	"gezhi/internal/kit/db"
	"gezhi/migrations"
)

// template returns the name of the migrated database from which tests get their copies.
func template(t testing.TB, admin string) string {
	t.Helper()
	return Template(t, admin, schemaName(t), func(url string) error {
		ctx := context.Background()
		d, err := db.Open(ctx, url, "")
		if err != nil {
			return err
		}
		return errors.Join(d.Migrate(ctx, migrations.Tree), d.Close())
	})
}
