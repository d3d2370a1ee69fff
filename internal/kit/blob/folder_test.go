package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/seal"
)

const megabyte = 1 << 20

// eachFolder runs a test on a plain and on a sealed folder.
func eachFolder(t *testing.T, test func(t *testing.T, store *blob.Folder, dir string)) {
	t.Helper()
	t.Run("plain", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "files")
		store, err := blob.NewFolder(dir+"/./", sha256.New)
		require.NoError(t, err)
		test(t, store, dir)
	})
	for _, suite := range []seal.Suite{seal.SM, seal.AES} {
		t.Run(string(suite), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "files")
			store, err := blob.NewSealedFolder(dir, newKeys(t, suite))
			require.NoError(t, err)
			test(t, store, dir)
		})
	}
}

func newKeys(t *testing.T, suite seal.Suite) *seal.Keys {
	t.Helper()
	keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "k"), suite)
	require.NoError(t, err)
	return keys
}

func files(t *testing.T, dir string) (paths []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			paths = append(paths, path)
		}
		return err
	}))
	return paths
}

func TestPutAndOpen(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		for _, n := range []int{0, 1, 64 << 10, 200_000} {
			content := bytes.Repeat([]byte("x"), n)
			put, err := store.Put(t.Context(), iotest.OneByteReader(bytes.NewReader(content)), megabyte)
			require.NoError(t, err)
			require.EqualValues(t, n, put.Size)
			require.Len(t, put.Hash, 64)

			file, err := store.Open(t.Context(), put.Hash)
			require.NoError(t, err)
			require.NoError(t, iotest.TestReader(file, content))
			require.NoError(t, file.Close())

			info, err := os.Stat(filepath.Join(dir, put.Hash[:2], put.Hash[2:4], put.Hash))
			require.NoError(t, err)
			require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
		}
	})
}

func TestPlainFolderUsesTheHashOfTheContent(t *testing.T) {
	store, err := blob.NewFolder(t.TempDir(), sha256.New)
	require.NoError(t, err)
	put, err := store.Put(t.Context(), strings.NewReader("content"), megabyte)
	require.NoError(t, err)
	sum := sha256.Sum256([]byte("content"))
	require.Equal(t, hex.EncodeToString(sum[:]), put.Hash)
}

func TestHalfAnUploadLeavesNothing(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		lost := errors.New("connection lost")
		half := io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000)), iotest.ErrReader(lost))
		_, err := store.Put(t.Context(), half, megabyte)
		require.ErrorIs(t, err, lost)
		require.Empty(t, files(t, dir))

		_, err = store.Put(t.Context(), strings.NewReader("12345"), 4)
		require.ErrorIs(t, err, blob.ErrOverLimit)
		require.Empty(t, files(t, dir))

		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = store.Put(gone, strings.NewReader("12345"), megabyte)
		require.ErrorIs(t, err, context.Canceled)
		require.Empty(t, files(t, dir))

		_, err = store.Put(t.Context(), strings.NewReader("1234"), 4)
		require.NoError(t, err, "exactly the limit is allowed")
	})
}

func TestSameContentAtOnceIsKeptOnce(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		content := strings.Repeat("same", 50_000)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				put, err := store.Put(t.Context(), strings.NewReader(content), megabyte)
				if !assert.NoError(t, err) {
					return
				}
				file, err := store.Open(t.Context(), put.Hash)
				if !assert.NoError(t, err) {
					return
				}
				defer file.Close()
				got, err := io.ReadAll(file)
				assert.NoError(t, err)
				assert.Equal(t, content, string(got))
			})
		}
		all.Wait()
		require.Len(t, files(t, dir), 1)
	})
}

func TestUnknownAndImpossibleHashes(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		outside := filepath.Join(filepath.Dir(dir), "secret")
		require.NoError(t, os.WriteFile(outside, []byte("s"), 0o600))
		for _, hash := range []string{"", "x", "../secret", strings.Repeat("a", 64), strings.Repeat("A", 64), strings.Repeat("../", 21) + "x"} {
			_, err := store.Open(t.Context(), hash)
			require.ErrorIs(t, err, blob.ErrNotFound, hash)
			require.NoError(t, store.Delete(t.Context(), hash), hash)
		}
		require.FileExists(t, outside)
	})
}

func TestDelete(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		put, err := store.Put(t.Context(), strings.NewReader("x"), megabyte)
		require.NoError(t, err)
		require.NoError(t, store.Delete(t.Context(), put.Hash))
		_, err = store.Open(t.Context(), put.Hash)
		require.ErrorIs(t, err, blob.ErrNotFound)
		require.Empty(t, files(t, dir))
	})
}

func TestWalkFindsContentOnly(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		want := map[string]int64{}
		for _, text := range []string{"", "a", strings.Repeat("b", 70_000)} {
			put, err := store.Put(t.Context(), strings.NewReader(text), megabyte)
			require.NoError(t, err)
			want[put.Hash] = int64(len(text))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, "README"), nil, 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "tmp", strings.Repeat("a", 64)), nil, 0o600))

		got := map[string]int64{}
		last := ""
		require.NoError(t, store.Walk(t.Context(), func(e blob.Entry) error {
			require.Greater(t, e.Hash, last)
			require.False(t, e.Modified.IsZero())
			last, got[e.Hash] = e.Hash, e.Size
			return nil
		}))
		require.Equal(t, want, got)

		stop := errors.New("enough")
		require.ErrorIs(t, store.Walk(t.Context(), func(blob.Entry) error { return stop }), stop)
	})
}

func TestPutAgainRenewsTheTime(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		put, err := store.Put(t.Context(), strings.NewReader("x"), megabyte)
		require.NoError(t, err)
		old := time.Unix(1_000_000_000, 0)
		require.NoError(t, os.Chtimes(files(t, dir)[0], old, old))
		again, err := store.Put(t.Context(), strings.NewReader("x"), megabyte)
		require.NoError(t, err)
		require.Equal(t, put, again)
		require.NoError(t, store.Walk(t.Context(), func(e blob.Entry) error {
			require.True(t, e.Modified.After(old))
			return nil
		}))
	})
}

func TestSweepRemovesWhatACrashLeft(t *testing.T) {
	eachFolder(t, func(t *testing.T, store *blob.Folder, dir string) {
		left := filepath.Join(dir, "tmp", "put-1")
		require.NoError(t, os.WriteFile(left, []byte("half"), 0o600))
		begun := time.Unix(1_700_000_000, 0)
		require.NoError(t, os.Chtimes(left, begun, begun))

		n, err := store.Sweep(begun)
		require.NoError(t, err)
		require.Zero(t, n, "it may still be running")
		n, err = store.Sweep(begun.Add(time.Second))
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.NoFileExists(t, left)
	})
}
