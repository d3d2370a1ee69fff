package blob_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/seal"
)

func TestSealedContentIsUnreadableOnDisk(t *testing.T) {
	for _, suite := range []seal.Suite{seal.SM, seal.AES} {
		dir := t.TempDir()
		keys := newKeys(t, suite)
		store, err := blob.NewSealedFolder(dir, keys)
		require.NoError(t, err)
		content := []byte(strings.Repeat("a face", 1000))
		put, err := store.Put(t.Context(), bytes.NewReader(content), megabyte)
		require.NoError(t, err)

		raw, err := os.ReadFile(files(t, dir)[0])
		require.NoError(t, err)
		require.NotContains(t, string(raw), "face")
		sum := sha256.Sum256(content)
		require.NotEqual(t, sum[:], put.Hash, "the name must not confirm a guess")

		other, err := blob.NewSealedFolder(dir, newKeys(t, suite))
		require.NoError(t, err)
		_, err = other.Open(t.Context(), put.Hash)
		require.ErrorIs(t, err, seal.ErrKeyUnknown)
	}
}

func TestSealedContentSurvivesRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	keys, err := seal.LoadOrCreate(path, seal.SM)
	require.NoError(t, err)
	dir := t.TempDir()
	store, err := blob.NewSealedFolder(dir, keys)
	require.NoError(t, err)
	put, err := store.Put(t.Context(), strings.NewReader("x"), megabyte)
	require.NoError(t, err)

	keys, err = seal.Rotate(path)
	require.NoError(t, err)
	store, err = blob.NewSealedFolder(dir, keys)
	require.NoError(t, err)
	file, err := store.Open(t.Context(), put.Hash)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	again, err := store.Put(t.Context(), strings.NewReader("x"), megabyte)
	require.NoError(t, err)
	require.Equal(t, put, again)
}

func TestSealedContentShowsDamage(t *testing.T) {
	eachSealed(t, func(t *testing.T, store *blob.Folder, dir string) {
		put, err := store.Put(t.Context(), strings.NewReader(strings.Repeat("x", 200_000)), megabyte)
		require.NoError(t, err)
		path := files(t, dir)[0]
		good, err := os.ReadFile(path)
		require.NoError(t, err)

		for name, bad := range map[string][]byte{
			"empty": nil, "short": good[:20], "cut": good[:len(good)-1], "longer": append(bytes.Clone(good), 0),
		} {
			require.NoError(t, os.WriteFile(path, bad, 0o600))
			_, err = store.Open(t.Context(), put.Hash)
			require.ErrorIs(t, err, blob.ErrDamaged, name)
		}

		flipped := bytes.Clone(good)
		flipped[100] ^= 1
		require.NoError(t, os.WriteFile(path, flipped, 0o600))
		file, err := store.Open(t.Context(), put.Hash)
		require.NoError(t, err)
		_, err = io.ReadAll(file)
		require.ErrorIs(t, err, seal.ErrTampered)
		require.NoError(t, file.Close())

		_, err = store.Put(t.Context(), strings.NewReader(strings.Repeat("x", 200_000)), megabyte)
		require.NoError(t, err)
		file, err = store.Open(t.Context(), put.Hash)
		require.NoError(t, err)
		_, err = io.ReadAll(file)
		require.NoError(t, err, "putting it again heals it")
		require.NoError(t, file.Close())
	})
}

func TestSealedFilesCannotTradePlaces(t *testing.T) {
	eachSealed(t, func(t *testing.T, store *blob.Folder, dir string) {
		a, err := store.Put(t.Context(), strings.NewReader("guilty"), megabyte)
		require.NoError(t, err)
		b, err := store.Put(t.Context(), strings.NewReader("nobody"), megabyte)
		require.NoError(t, err)
		at := func(hash string) string { return filepath.Join(dir, hash[:2], hash[2:4], hash) }
		require.NoError(t, os.Rename(at(b.Hash), at(a.Hash)))
		_, err = store.Open(t.Context(), a.Hash)
		require.ErrorIs(t, err, blob.ErrDamaged)
	})
}

func eachSealed(t *testing.T, test func(t *testing.T, store *blob.Folder, dir string)) {
	t.Helper()
	for _, suite := range []seal.Suite{seal.SM, seal.AES} {
		t.Run(string(suite), func(t *testing.T) {
			dir := t.TempDir()
			store, err := blob.NewSealedFolder(dir, newKeys(t, suite))
			require.NoError(t, err)
			test(t, store, dir)
		})
	}
}
