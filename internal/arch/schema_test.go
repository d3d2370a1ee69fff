package arch

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestStatementRulesCanFail breaks each rule for statements in a tree that keeps all others.
func TestStatementRulesCanFail(t *testing.T) {
	store := func(text string) string { return "package incident\nconst q = `" + text + "`\n" }
	const go1, sql = "internal/incident/store_x.go", "migrations/0001_x.sql"
	cases := []struct{ name, path, text string }{
		{"locks", go1, store("SELECT 1 FROM x FOR UPDATE")},
		{"skips locks", go1, store("SELECT 1 FROM x LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED")},
		{"casts", go1, store("SELECT a::text FROM x")},
		{"time of the engine", go1, store("UPDATE x SET at = now()")},
		{"time of SQLite", go1, store("SELECT strftime('%s', 'x')")},
		{"a part of a statement", go1, store(" AND at < CURRENT_TIMESTAMP")},
		{"arrays", go1, store("SELECT 1 FROM x WHERE id = ANY($1)")},
		{"select in values", go1, store("INSERT INTO x VALUES ((SELECT max(n) FROM x))")},
		{"changes many", go1, store("UPDATE orders SET state = 'x' WHERE unit_id = $1")},
		{"deletes many", go1, store("DELETE FROM entries WHERE at < $1")},
		{"a default time", sql, "CREATE TABLE x (\n a BIGINT DEFAULT CURRENT_TIMESTAMP\n);"},
		{"a serial", sql, "CREATE TABLE x (\n a BIGSERIAL\n);"},
		{"a sequence", sql, "CREATE SEQUENCE x;"},
		{"an identity", sql, "CREATE TABLE x (\n a BIGINT GENERATED ALWAYS AS IDENTITY\n);"},
		{"autoincrement", sql, "CREATE TABLE x (\n a INTEGER PRIMARY KEY AUTOINCREMENT\n);"},
		{"a trigger", sql, "CREATE TRIGGER x AFTER INSERT ON y BEGIN SELECT 1; END;"},
		{"no key", sql, "CREATE TABLE orders (\n incident_id TEXT\n);"},
		{"a key of its own", sql, "CREATE TABLE orders (\n id TEXT PRIMARY KEY,\n incident_id TEXT\n);"},
		{"a key in another order", sql, "CREATE TABLE entries (\n incident_id TEXT,\n seq BIGINT,\n PRIMARY KEY (seq, incident_id)\n);"},
		{"another unique", sql, "CREATE TABLE outbox (\n aggregate_id TEXT,\n seq BIGINT,\n PRIMARY KEY (aggregate_id, seq),\n UNIQUE (seq)\n);"},
		{"a unique column", sql, "CREATE TABLE incidents (\n id TEXT PRIMARY KEY,\n number TEXT NOT NULL UNIQUE\n);"},
		{"a unique index", sql, "CREATE UNIQUE INDEX x ON incidents (number);"},
		{"a foreign key elsewhere", sql, "CREATE TABLE orders (\n incident_id TEXT,\n id TEXT,\n person_id TEXT REFERENCES accounts (id),\n PRIMARY KEY (incident_id, id)\n);"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := goodTree()
			tree[c.path] = src(c.text)
			draw(tree)
			found, err := Check(tree)
			require.NoError(t, err)
			require.Len(t, found, 1, "%v", found)
			require.Equal(t, "statement", found[0].Rule)
		})
	}
}

// TestStatementRulesLetThrough holds that ordinary statements and words in comments are no problem.
func TestStatementRulesLetThrough(t *testing.T) {
	tree := goodTree()
	tree["internal/incident/store_x.go"] = src("package incident\nvar q = []string{`UPDATE orders SET state = $3 WHERE incident_id = $1 AND id = $2`,\n" +
		"`DELETE FROM files WHERE id = $1`, ` WHERE id = `, `UPDATE incidents SET version = version + 1 WHERE id = $1 RETURNING a`}\n")
	tree["migrations/0001_x.sql"] = src("-- not now(), no SERIAL, no trigger, a::b\nCREATE TABLE orders (\n incident_id TEXT NOT NULL REFERENCES incidents (id),\n" +
		" id TEXT NOT NULL, -- UNIQUE within\n unit_id TEXT REFERENCES units (id),\n PRIMARY KEY (incident_id, id)\n);\nCREATE INDEX x ON orders (unit_id);\n")
	draw(tree)
	found, err := Check(tree)
	require.NoError(t, err)
	require.Empty(t, found)
}

// TestAggregateTablesExist keeps the list of tables up with the schema.
func TestAggregateTablesExist(t *testing.T) {
	tree := os.DirFS("../..")
	files, err := read(tree)
	require.NoError(t, err)
	found, err := checkStatements(tree, files)
	require.NoError(t, err)
	require.Empty(t, found)
	for table := range aggregate {
		made := false
		for _, name := range []string{"migrations/0001_kit.sql", "migrations/0004_incidents.sql"} {
			raw, err := os.ReadFile("../../" + name)
			require.NoError(t, err)
			for _, m := range tableHead.FindAllStringSubmatch(withoutComments(string(raw)), -1) {
				made = made || m[1] == table
			}
		}
		require.True(t, made, "table %s", table)
	}
}
