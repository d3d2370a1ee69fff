package seal_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/seal"
)

const chunk = 64 << 10

func sealStream(t *testing.T, keys *seal.Keys, plain []byte, aad string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := keys.NewWriter(&out, aad)
	require.NoError(t, err)
	_, err = io.Copy(w, iotest.HalfReader(bytes.NewReader(plain)))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, w.Close(), "closing twice is harmless")
	_, err = w.Write([]byte("late"))
	require.Error(t, err)
	return out.Bytes()
}

func noise(n int) []byte {
	source := rand.NewChaCha8([32]byte{byte(n)})
	plain := make([]byte, n)
	source.Read(plain)
	return plain
}

func TestStreamReadsBackAtEverySize(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		for _, n := range []int{0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3*chunk + 7} {
			plain := noise(n)
			sealed := sealStream(t, keys, plain, "a")
			size, err := seal.PlainSize(int64(len(sealed)))
			require.NoError(t, err)
			require.EqualValues(t, n, size)
			r, err := keys.NewReader(bytes.NewReader(sealed), int64(len(sealed)), "a")
			require.NoError(t, err)
			require.EqualValues(t, n, r.Size())
			require.NoError(t, iotest.TestReader(r, plain), "size %d", n)
		}
	})
}

func TestStreamRefusesWhatWasChanged(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		plain := noise(2*chunk + 5)
		sealed := sealStream(t, keys, plain, "a")
		read := func(data []byte, aad string) error {
			r, err := keys.NewReader(bytes.NewReader(data), int64(len(data)), aad)
			if err == nil {
				_, err = io.ReadAll(r)
			}
			return err
		}
		require.NoError(t, read(sealed, "a"))
		require.ErrorIs(t, read(sealed, "b"), seal.ErrTampered)
		const full = chunk + 16
		for name, cut := range map[string]int{"header": 10, "no chunk": 32, "whole chunks": 32 + 2*full, "one": 32 + full, "tail": len(sealed) - 1} {
			require.ErrorIs(t, read(sealed[:cut], "a"), seal.ErrTampered, name)
		}
		for _, at := range []int{0, 4, 12, 40, 32 + full + 9, len(sealed) - 1} {
			changed := bytes.Clone(sealed)
			changed[at] ^= 0x80
			require.Error(t, read(changed, "a"), "place %d", at)
		}
		swapped := bytes.Clone(sealed)
		copy(swapped[32:], sealed[32+full:32+2*full])
		copy(swapped[32+full:], sealed[32:32+full])
		require.ErrorIs(t, read(swapped, "a"), seal.ErrTampered)

		other := sealStream(t, keys, plain, "a")
		mixed := append(bytes.Clone(sealed[:32+full]), other[32+full:]...)
		require.ErrorIs(t, read(mixed, "a"), seal.ErrTampered, "chunks of two streams do not mix")
	})
}

func TestStreamTellsAnUnknownKey(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, path string) {
		for _, suite := range []seal.Suite{seal.SM, seal.AES} {
			other, err := seal.LoadOrCreate(path+"."+string(suite), suite)
			require.NoError(t, err)
			sealed := sealStream(t, other, []byte("x"), "")
			_, err = keys.NewReader(bytes.NewReader(sealed), int64(len(sealed)), "")
			require.ErrorIs(t, err, seal.ErrKeyUnknown)
		}
	})
}

func TestStreamSeeks(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		sealed := sealStream(t, keys, noise(10), "")
		r, err := keys.NewReader(bytes.NewReader(sealed), int64(len(sealed)), "")
		require.NoError(t, err)
		_, err = r.Seek(-1, io.SeekStart)
		require.Error(t, err)
		_, err = r.Seek(0, 7)
		require.Error(t, err)
		at, err := r.Seek(5, io.SeekEnd)
		require.NoError(t, err)
		require.EqualValues(t, 15, at)
		_, err = r.Read(make([]byte, 1))
		require.ErrorIs(t, err, io.EOF)
	})
}

func TestStreamPassesOnWriteErrors(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		full := errors.New("disk full")
		_, err := keys.NewWriter(writerFunc(func([]byte) (int, error) { return 0, full }), "")
		require.ErrorIs(t, err, full)

		calls := 0
		w, err := keys.NewWriter(writerFunc(func(p []byte) (int, error) {
			if calls++; calls > 1 {
				return 0, full
			}
			return len(p), nil
		}), "")
		require.NoError(t, err)
		_, err = w.Write(noise(2 * chunk))
		require.ErrorIs(t, err, full)
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
