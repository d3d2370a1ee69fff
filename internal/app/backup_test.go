package app

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/backup"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/now"
)

// pictureName is where a stored picture lies below the files folder.
const pictureName = "originals/ab/cd/abcd000000000000000000000000000000000000000000000000000000000000"

// filledApp is an office at work: units, people, a loop, a report of a named resident, and a picture.
func filledApp(t *testing.T, a *App) *office {
	o := newOffice(t, a)
	o.setUp()
	o.loop()
	o.send("", "POST", "/api/v1/public/reports", 201, m{"text": "二楼漏水漏到楼下", "reporter": m{"name": "欧阳晓梅", "phone": "13987654321"}})
	require.NoError(t, a.relayAll(t.Context()))
	path := filepath.Join(a.filesFolder(), filepath.FromSlash(pictureName))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, []byte("sealed picture"), 0o600))
	return o
}

func archiveOf(t *testing.T, a *App) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.tar.gz")
	_, err := a.backup(t.Context(), path)
	require.NoError(t, err)
	_, err = a.backup(t.Context(), path)
	require.ErrorIs(t, err, os.ErrExist, "no backup is overwritten")
	return path
}

// emptyConfig is the configuration of a store that is not there yet, with the key file of another.
func emptyConfig(t *testing.T, a *App, engine db.Engine) Config {
	t.Helper()
	c := a.Config
	c.DB, c.Folder = "", t.TempDir()
	if engine == db.Postgres {
		admin, ok := dbtest.PostgresURL(t)
		require.True(t, ok)
		c.DB = dbtest.FreshDatabase(t, admin, "")
	}
	return c
}

// lines returns what every table holds, as a backup tells it, without the tables that living on changes.
func lines(t *testing.T, path string) map[string]string {
	t.Helper()
	rows := map[string]string{}
	each(t, path, func(name string, content []byte) []byte {
		table := strings.Split(name, "/")
		if table[0] == "rows" && table[1] != "leases" {
			for line := range bytes.Lines(content) {
				var v map[string]any
				d := json.NewDecoder(bytes.NewReader(line))
				d.UseNumber()
				require.NoError(t, d.Decode(&v))
				for k, text := range v { // the engines write JSON with other spaces
					var inner any
					if s, ok := text.(string); ok && len(s) > 1 && (s[0] == '{' || s[0] == '[') && json.Unmarshal([]byte(s), &inner) == nil {
						v[k] = inner
					}
				}
				b, err := json.Marshal(v)
				require.NoError(t, err)
				rows[table[1]] += string(b) + "\n"
			}
		}
		return content
	})
	return rows
}

// each calls change with every entry of an archive and returns the archive with what it gave back.
func each(t *testing.T, path string, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	z, err := gzip.NewReader(bytes.NewReader(raw))
	require.NoError(t, err)
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	w := tar.NewWriter(zip)
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		content = change(h.Name, content)
		h.Size = int64(len(content))
		require.NoError(t, w.WriteHeader(h))
		_, err = w.Write(content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, zip.Close())
	return out.Bytes()
}

// A store comes back as it was, on the same engine and on the other, and works on.
func TestBackupComesBackOnEitherEngine(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o := filledApp(t, a)
		path := archiveOf(t, a)
		engines := []db.Engine{db.SQLite}
		if _, ok := dbtest.PostgresURL(t); ok {
			engines = append(engines, db.Postgres)
		}
		for _, engine := range engines {
			t.Run("to "+string(engine), func(t *testing.T) {
				c := emptyConfig(t, a, engine)
				_, err := restore(t.Context(), c, path)
				require.NoError(t, err)
				_, err = restore(t.Context(), c, path)
				require.ErrorIs(t, err, backup.ErrNotEmpty)
				b, err := Open(t.Context(), c, now.System{})
				require.NoError(t, err)
				t.Cleanup(func() { b.Close() })
				picture, err := os.ReadFile(filepath.Join(b.filesFolder(), filepath.FromSlash(pictureName)))
				require.NoError(t, err)
				require.Equal(t, "sealed picture", string(picture))
				require.Equal(t, lines(t, path), lines(t, archiveOf(t, b)))
				wholeStore(t, b)

				on := &office{t: t, app: b, h: serverOf(t, b), tokens: o.tokens, ids: o.ids}
				found := on.send("duty1", "GET", "/api/v1/incidents?q=漏水", 200, nil)["items"].([]any)
				require.Len(t, found, 1, "the search index was made anew")
				on.walk(found[0].(m)["id"].(string))
				on.send("", "POST", "/api/v1/public/reports", 201, m{"text": "又一件"})
				require.NoError(t, b.relayAll(t.Context()))
				wholeStore(t, b)
			})
		}
	})
}

// Whatever is wrong with an archive or the key file, it is refused before anything changes.
func TestARestoreIsRefusedBeforeItChangesAnything(t *testing.T) {
	a := openApp(t, "")
	filledApp(t, a)
	path := archiveOf(t, a)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	for name, broken := range map[string][]byte{
		"cut off":            raw[:len(raw)/2],
		"cut at the end":     raw[:len(raw)-4],
		"no archive":         []byte("something else"),
		"a changed row":      each(t, path, replacing("rows/incidents/", "漏水", "没事")),
		"a changed file":     each(t, path, replacing("files/", "sealed", "other!")),
		"a changed manifest": each(t, path, replacing("manifest.json", `"rows": `, `"rows": 1`)),
		"a path trick":       each(t, path, func(name string, b []byte) []byte { return b }),
	} {
		t.Run(name, func(t *testing.T) {
			if name == "a path trick" {
				broken = renamed(t, path, "files/"+pictureName, "files/originals/../../../evil")
			}
			bad := filepath.Join(t.TempDir(), "bad.tar.gz")
			require.NoError(t, os.WriteFile(bad, broken, 0o600))
			c := emptyConfig(t, a, db.SQLite)
			_, err := restore(t.Context(), c, bad)
			require.ErrorContains(t, err, "nothing was changed")
			entries, err := os.ReadDir(c.Folder)
			require.NoError(t, err)
			require.Empty(t, entries)
		})
	}
	c := emptyConfig(t, a, db.SQLite)
	c.KeyFile = filepath.Join(c.Folder, "missing.key")
	_, err = restore(t.Context(), c, path)
	require.ErrorContains(t, err, "is missing")
	c.KeyFile = openApp(t, "").Config.KeyFile
	_, err = restore(t.Context(), c, path)
	require.ErrorContains(t, err, "not the one with which the archive was made")
}

func replacing(prefix, old, with string) func(string, []byte) []byte {
	return func(name string, b []byte) []byte {
		if strings.HasPrefix(name, prefix) {
			return bytes.Replace(b, []byte(old), []byte(with), 1)
		}
		return b
	}
}

// renamed gives an entry of an archive another name.
func renamed(t *testing.T, path, from, to string) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(each(t, path, func(_ string, b []byte) []byte { return b })))
	require.NoError(t, err)
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	w := tar.NewWriter(zip)
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if h.Name == from {
			h.Name = to
		}
		require.NoError(t, w.WriteHeader(h))
		_, err = io.Copy(w, r)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, zip.Close())
	return out.Bytes()
}

// Nothing of a reporter, no password and no key stands in an archive in clear.
func TestABackupHoldsNoSecretInClear(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o := filledApp(t, a)
		keys, err := os.ReadFile(a.Config.KeyFile)
		require.NoError(t, err)
		secrets := []string{"欧阳晓梅", "13987654321", "my-own-duty1-word", o.tokens["duty1"]}
		for _, secret := range regexp.MustCompile(`"(?:secret|index|derived)": "([^"]+)"`).FindAllSubmatch(keys, -1) {
			secrets = append(secrets, string(secret[1]))
		}
		require.Len(t, secrets, 7)
		each(t, archiveOf(t, a), func(name string, content []byte) []byte {
			for _, secret := range secrets {
				require.NotContains(t, string(content), secret, name)
				require.NotContains(t, string(content), hex.EncodeToString([]byte(secret)), name)
			}
			return content
		})
	})
}

// Every table of the schema is in a backup, on both engines.
func TestABackupKnowsEveryTable(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
		if a.DB.Engine() == db.Postgres {
			query = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
		}
		rows, err := a.DB.Read().QueryContext(t.Context(), query)
		require.NoError(t, err)
		defer rows.Close()
		saved := map[string]bool{}
		each(t, archiveOf(t, a), func(name string, content []byte) []byte {
			if parts := strings.Split(name, "/"); parts[0] == "rows" {
				saved[parts[1]] = true
			}
			return content
		})
		for rows.Next() {
			var name string
			require.NoError(t, rows.Scan(&name))
			if name != "goose_db_version" && !strings.HasPrefix(name, "search_text") && !slices.Contains(backup.Passing, name) {
				require.True(t, saved[name], "add the table %s to internal/app/backup/tables.go", name)
			}
		}
		require.NoError(t, rows.Err())
	})
}
