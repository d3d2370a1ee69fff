package page_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/page"
)

func TestCursorGivesBackItsKey(t *testing.T) {
	key, err := page.Parse(page.Cursor("units by name", "格治中心", "01J"), "units by name", 2)
	require.NoError(t, err)
	assert.Equal(t, []string{"格治中心", "01J"}, key)
}

func TestForeignCursorsAreRefused(t *testing.T) {
	for _, cursor := range []string{"!", "bm90IGpzb24", page.Cursor("other", "a", "b"), page.Cursor("units", "a"), page.Cursor("units", "a\x00", "b")} {
		_, err := page.Parse(cursor, "units", 2)
		assert.True(t, fault.Is(err, "request.cursor"), cursor)
	}
}

func TestLimitIsBounded(t *testing.T) {
	assert.Equal(t, page.DefaultLimit, page.Limit(0))
	assert.Equal(t, page.DefaultLimit, page.Limit(-1))
	assert.Equal(t, 7, page.Limit(7))
	assert.Equal(t, page.MaxLimit, page.Limit(1_000_000))
}
