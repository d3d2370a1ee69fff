package sheet

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/fault"
)

// TestRangesOverEachOtherAreRefused holds that a file of few bytes cannot make every row cost thousands of cells.
func TestRangesOverEachOtherAreRefused(t *testing.T) {
	m := &merges{}
	for range MaxColumns + 1 {
		m.blocks = append(m.blocks, block{top: 1, bottom: lastRow, left: 1, right: MaxColumns})
	}
	_, err := m.fill(1, []string{"x"})
	require.True(t, fault.Is(err, "sheet.not_xlsx"), "%v", err)
	m = &merges{blocks: []block{{top: 1, bottom: 2, left: 1, right: 2}}}
	cells, err := m.fill(1, []string{"x"})
	require.NoError(t, err)
	require.Equal(t, []string{"x", "x"}, cells)
}
