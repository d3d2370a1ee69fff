package id_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/kit/id"
)

func TestNewIsOrderedAndValid(t *testing.T) {
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	last := ""
	for i := range 5000 {
		s := id.New(at.Add(time.Duration(i/100) * time.Millisecond))
		require.True(t, id.Valid(s), s)
		require.Greater(t, s, last)
		last = s
	}
}

func TestDeriveDependsOnEveryPart(t *testing.T) {
	require.Equal(t, id.Derive("a", "b"), id.Derive("a", "b"))
	require.NotEqual(t, id.Derive("a", "b"), id.Derive("ab", ""))
	require.NotEqual(t, id.Derive("a", "b"), id.Derive("b", "a"))
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.String()).Draw(t, "parts")
		if s := id.Derive(parts...); !id.Valid(s) {
			t.Fatalf("%q is no id", s)
		}
	})
}

func TestACodeSurvivesHowPeopleWriteIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := id.NewCode()
		written := code
		switch rapid.IntRange(0, 4).Draw(t, "hand") {
		case 0:
			written = strings.ToLower(written)
		case 1:
			written = strings.ReplaceAll(written, "-", " ")
		case 2:
			written = strings.NewReplacer("-", "", "0", "O", "1", "l").Replace(written)
		case 3:
			written = "  " + strings.ReplaceAll(written, "-", "－") + "　"
		}
		got, ok := id.ParseCode(written)
		if !ok || got != code {
			t.Fatalf("%q read as %q, want %q", written, got, code)
		}
	})
	for _, bad := range []string{"", "7K2M", "7K2M-0QPX-4RTV-9HWDX", "7K2M-0QPX-4RTV-9HW!", "路灯路灯-0QPX-4RTV-9HWD"} {
		_, ok := id.ParseCode(bad)
		require.False(t, ok, bad)
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("7K2M-0QPX-4RTV-9HWD")
	f.Add("ｏ０")
	f.Fuzz(func(t *testing.T, s string) {
		code, ok := id.ParseCode(s)
		if again, fine := id.ParseCode(code); ok && (!fine || again != code) {
			t.Fatalf("%q gives %q, which gives %q", s, code, again)
		}
	})
}
