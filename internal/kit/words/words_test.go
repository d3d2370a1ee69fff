package words_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/words"
)

func TestTextsAreSaidInTheReadersLanguage(t *testing.T) {
	c, err := words.Load(fstest.MapFS{
		"zh-CN/errors.json": {Data: []byte(`{"a": {"b": "最多 {max} 行，{'@'}"}}`)},
		"en/errors.json":    {Data: []byte(`{"a": {"b": "at most {max} rows"}}`)},
	})
	require.NoError(t, err)
	require.Equal(t, "最多 5 行，@", words.Speaker{Lang: "zh-CN", Catalog: c}.Say("errors.a.b", "max", 5))
	require.Equal(t, "at most 5 rows", words.Speaker{Lang: "en", Catalog: c}.Say("errors.a.b", "max", 5))
	require.Equal(t, "最多 5 行，@", words.Speaker{Lang: "fr", Catalog: c}.Say("errors.a.b", "max", 5))
	require.Equal(t, "none", words.Speaker{Lang: "en", Catalog: c}.Say("errors.none"))
	require.Equal(t, "en", words.Speaker{Lang: "en", Catalog: c}.Pick("zh", "en"))
}

func TestABrokenCatalogIsNotLoaded(t *testing.T) {
	_, err := words.Load(fstest.MapFS{"en/x.json": {Data: []byte("{")}})
	require.Error(t, err)
}
