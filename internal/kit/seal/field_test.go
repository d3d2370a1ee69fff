package seal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/seal"
)

func TestSealOpens(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		for _, plain := range []string{"张三", "13812345678", strings.Repeat("长", 5000), "\x00\xff"} {
			sealed, err := keys.Seal(plain, "r1/name")
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(sealed, string(keys.Suite())+"."))
			require.NotContains(t, sealed, plain)

			twice, err := keys.Seal(plain, "r1/name")
			require.NoError(t, err)
			require.NotEqual(t, sealed, twice, "equal values must look different")

			opened, err := keys.Open(sealed, "r1/name")
			require.NoError(t, err)
			require.Equal(t, plain, opened)
		}
	})
}

func TestEmptyStaysEmpty(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		sealed, err := keys.Seal("", "r1/name")
		require.NoError(t, err)
		require.Empty(t, sealed)
		opened, err := keys.Open("", "anything")
		require.NoError(t, err)
		require.Empty(t, opened)
		require.False(t, keys.Stale(""))
	})
}

func TestOpenRefusesAnotherRow(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		sealed, err := keys.Seal("张三", "r1/name")
		require.NoError(t, err)
		_, err = keys.Open(sealed, "r2/name")
		require.ErrorIs(t, err, seal.ErrTampered)
	})
}

func TestOpenRefusesEveryChangedCharacter(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		sealed, err := keys.Seal("张三", "r1/name")
		require.NoError(t, err)
		for i := range sealed {
			changed := []byte(sealed)
			changed[i] ^= 1
			_, err := keys.Open(string(changed), "r1/name")
			require.Error(t, err, "place %d", i)
			_, err = keys.Open(sealed[:i]+"\n"+sealed[i:], "r1/name")
			require.Error(t, err, "line break at %d", i)
			if i > 0 {
				_, err = keys.Open(sealed[:i], "r1/name")
				require.ErrorIs(t, err, seal.ErrTampered, "cut at %d", i)
			}
		}
	})
}

func TestOpenTellsUnknownKeysFromDamage(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, path string) {
		for _, suite := range []seal.Suite{seal.SM, seal.AES} {
			other, err := seal.LoadOrCreate(path+"."+string(suite), suite)
			require.NoError(t, err)
			sealed, err := other.Seal("张三", "r1/name")
			require.NoError(t, err)
			_, err = keys.Open(sealed, "r1/name")
			require.ErrorIs(t, err, seal.ErrKeyUnknown)
		}
		for _, text := range []string{"张三", "sm", "sm.", "sm.0000.x", "rot.00000000.x", "sm.ZZZZZZZZ.x"} {
			_, err := keys.Open(text, "r1/name")
			require.ErrorIs(t, err, seal.ErrTampered, text)
		}
	})
}

func TestBlindFindsEqualValuesOfOnePurpose(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		require.Len(t, keys.Blind("phone", "13812345678"), 64)
		require.Equal(t, keys.Blind("phone", "13812345678"), keys.Blind("phone", "13812345678"))
		require.NotEqual(t, keys.Blind("phone", "13812345678"), keys.Blind("id", "13812345678"))
		require.NotEqual(t, keys.Blind("a", "bc"), keys.Blind("ab", "c"))
	})
}

func TestDigestIsUnambiguous(t *testing.T) {
	eachSuite(t, func(t *testing.T, keys *seal.Keys, _ string) {
		a, b, ab := []byte("a"), []byte("b"), []byte("ab")
		require.Len(t, keys.Digest(), 64)
		require.Equal(t, keys.Digest(a, b), keys.Digest(a, b))
		require.NotEqual(t, keys.Digest(a, b), keys.Digest(ab))
		require.NotEqual(t, keys.Digest(a, b), keys.Digest(ab, nil))
		require.NotEqual(t, keys.Digest(nil), keys.Digest())
		require.NotEqual(t, keys.MAC("x", a, b), keys.MAC("x", ab))
		require.NotEqual(t, keys.MAC("x", a), keys.MAC("xa"))
		require.Len(t, keys.MAC("x"), 32)
	})
}

func FuzzOpen(f *testing.F) {
	keys, err := seal.LoadOrCreate(f.TempDir()+"/k", seal.SM)
	require.NoError(f, err)
	good, err := keys.Seal("张三", "r")
	require.NoError(f, err)
	f.Add(good)
	f.Add("sm.00000000.AAAA")
	f.Fuzz(func(t *testing.T, sealed string) {
		plain, err := keys.Open(sealed, "r")
		if err == nil && plain != "" && sealed != good {
			t.Fatalf("opened a forged value: %q", sealed)
		}
	})
}
