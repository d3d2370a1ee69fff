package durable_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/durable"
)

func TestMakeFolderCreatesMissingParents(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "c")
	require.NoError(t, durable.MakeFolder(dir, 0o700))
	require.NoError(t, durable.MakeFolder(dir, 0o700), "an existing folder is fine")

	info, err := os.Stat(filepath.Dir(dir))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

func TestMakeFolderRefusesAFileInTheWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.ErrorContains(t, durable.MakeFolder(path, 0o700), "not a folder")
	require.Error(t, durable.MakeFolder(filepath.Join(path, "below"), 0o700))
}

func TestSyncFolderNeedsAFolder(t *testing.T) {
	require.NoError(t, durable.SyncFolder(t.TempDir()))
	require.Error(t, durable.SyncFolder(filepath.Join(t.TempDir(), "missing")))
}
