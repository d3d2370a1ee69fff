package seal_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/seal"
)

// eachSuite runs a test with fresh keys of both suites.
func eachSuite(t *testing.T, test func(t *testing.T, keys *seal.Keys, path string)) {
	t.Helper()
	for _, suite := range []seal.Suite{seal.SM, seal.AES} {
		t.Run(string(suite), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "conf", "gezhi.key")
			keys, err := seal.LoadOrCreate(path, suite)
			require.NoError(t, err)
			test(t, keys, path)
		})
	}
}

func TestKeyFileIsMadeOnceAndPrivate(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, path string) {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

		again, err := seal.LoadOrCreate(path, "")
		require.NoError(t, err)
		require.Equal(t, keys.Suite(), again.Suite())
		require.Equal(t, keys.Check(), again.Check())

		rest, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		require.Len(t, rest, 1, "nothing but the key file is left in the folder")
	})
}

func TestDefaultSuiteIsSM(t *testing.T) {
	keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "k"), "")
	require.NoError(t, err)
	require.Equal(t, seal.SM, keys.Suite())
}

func TestFirstStartsAtOnceShareOneKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	checks := make([]string, 8)
	var all sync.WaitGroup
	for i := range checks {
		all.Go(func() {
			keys, err := seal.LoadOrCreate(path, seal.SM)
			if assert.NoError(t, err) {
				checks[i] = keys.Check()
			}
		})
	}
	all.Wait()
	for _, check := range checks {
		require.Equal(t, checks[0], check)
	}
}

func TestExposedKeyFileIsReported(t *testing.T) {
	eachSuite(t, func(t *testing.T, _ *seal.Keys, path string) {
		require.NoError(t, os.Chmod(path, 0o640))
		keys, err := seal.LoadOrCreate(path, "")
		var exposed *seal.ExposedError
		require.ErrorAs(t, err, &exposed)
		require.ErrorContains(t, err, "chmod 600")
		require.NotNil(t, keys, "the caller decides whether to go on")
	})
}

func TestKeyFileErrorsAreClear(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	_, err := seal.LoadOrCreate(path, "rot13")
	require.ErrorContains(t, err, "unknown cipher suite")
	_, err = seal.LoadOrCreate(path, seal.SM)
	require.NoError(t, err)
	_, err = seal.LoadOrCreate(path, seal.AES)
	require.ErrorContains(t, err, `made for suite "sm"`)

	good, err := os.ReadFile(path)
	require.NoError(t, err)
	for name, change := range map[string]func(map[string]any){
		"format 9":               func(f map[string]any) { f["format"] = 9 },
		"unknown suite":          func(f map[string]any) { f["suite"] = "x" },
		"wrong length":           func(f map[string]any) { f["index"] = "AAAA" },
		"current key is missing": func(f map[string]any) { f["current"] = "00000000" },
		"does not fit its id": func(f map[string]any) {
			f["keys"].([]any)[0].(map[string]any)["secret"] = strings.Repeat("A", 43) + "="
		},
		"not readable as JSON":    nil,
		"restore it from its bac": nil,
	} {
		text := []byte("{")
		if change != nil {
			var file map[string]any
			require.NoError(t, json.Unmarshal(good, &file))
			change(file)
			text, err = json.Marshal(file)
			require.NoError(t, err)
		}
		require.NoError(t, os.WriteFile(path, text, 0o600))
		_, err = seal.LoadOrCreate(path, "")
		require.ErrorContains(t, err, name)
	}
}

func TestRotateKeepsOldKeysForReading(t *testing.T) {
	eachSuite(t, func(t *testing.T, before *seal.Keys, path string) {
		old, err := before.Seal("13812345678", "row/phone")
		require.NoError(t, err)
		after, err := seal.Rotate(path)
		require.NoError(t, err)

		plain, err := after.Open(old, "row/phone")
		require.NoError(t, err)
		require.Equal(t, "13812345678", plain)
		require.True(t, after.Stale(old))

		fresh, err := after.Seal("13812345678", "row/phone")
		require.NoError(t, err)
		require.False(t, after.Stale(fresh))
		_, err = before.Open(fresh, "row/phone")
		require.ErrorIs(t, err, seal.ErrKeyUnknown)

		require.Equal(t, before.Blind("phone", "1"), after.Blind("phone", "1"))
		require.Equal(t, before.MAC("chain", []byte("1")), after.MAC("chain", []byte("1")))
		require.NoError(t, after.VerifyCheck(before.Check()))
		require.ErrorIs(t, before.VerifyCheck(after.Check()), seal.ErrWrongKeyFile, "a copy from before the rotation")
	})
}

func TestRotateRefusesToRunTwiceAtOnce(t *testing.T) {
	eachSuite(t, func(t *testing.T, _ *seal.Keys, path string) {
		require.NoError(t, os.WriteFile(path+".new", nil, 0o600))
		_, err := seal.Rotate(path)
		require.ErrorContains(t, err, "another rotation")
		require.NoError(t, os.Remove(path+".new"))
		_, err = seal.Rotate(path)
		require.NoError(t, err)
		_, err = seal.Rotate(filepath.Join(filepath.Dir(path), "missing"))
		require.Error(t, err)
	})
}

func TestVerifyCheckRefusesAForeignKeyFile(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, path string) {
		require.NoError(t, keys.VerifyCheck(keys.Check()))
		for _, suite := range []seal.Suite{seal.SM, seal.AES} {
			other, err := seal.LoadOrCreate(path+"."+string(suite), suite)
			require.NoError(t, err)
			require.ErrorIs(t, other.VerifyCheck(keys.Check()), seal.ErrWrongKeyFile)
		}
		require.ErrorIs(t, keys.VerifyCheck("nonsense"), seal.ErrWrongKeyFile)
	})
}

func TestPrintingKeysShowsNoSecret(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, path string) {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			require.Equal(t, keys.String(), fmt.Sprintf(verb, keys))
		}
		text, err := json.Marshal(keys)
		require.NoError(t, err)
		require.Equal(t, "{}", string(text))
	})
}
