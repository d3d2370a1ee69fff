package stats_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	catalogs "gezhi/internal/kit/words"
	"gezhi/internal/stats"
)

func TestEverythingHasAName(t *testing.T) {
	catalog, err := catalogs.Load(os.DirFS("../../web/src/i18n"))
	require.NoError(t, err)
	for _, lang := range []string{"zh-CN", "en"} {
		says := func(key string) { require.NotEmpty(t, catalog.Say(lang, "kpi."+key, nil), "%s kpi.%s", lang, key) }
		for _, k := range stats.KPIs {
			says("name." + k.Code)
			says("what." + k.Code)
			says("formula." + k.Code)
			says("source." + k.Source)
		}
		for _, m := range stats.Measures {
			says("measure." + m.Name)
			says("counts." + m.Name)
		}
		for _, cause := range stats.Causes {
			says("cause." + cause)
		}
	}
}
