package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/flow"
)

// catalog reads the words of a language, by dotted key.
func catalog(t *testing.T, lang string) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	files, err := filepath.Glob("../../web/src/i18n/" + lang + "/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		var tree map[string]any
		require.NoError(t, json.Unmarshal(data, &tree), f)
		name := filepath.Base(f)
		collect(keys, name[:len(name)-len(".json")], tree)
	}
	return keys
}

func collect(keys map[string]bool, prefix string, tree map[string]any) {
	for k, v := range tree {
		if below, ok := v.(map[string]any); ok {
			collect(keys, prefix+"."+k, below)
			continue
		}
		keys[prefix+"."+k] = true
	}
}

// tableWords lists what the screens must be able to say about the workflows, from the tables themselves.
func tableWords() []string {
	var words []string
	asks := func(list []flow.Ask) {
		for _, a := range list {
			words = append(words, "ask."+a.Name)
			for _, o := range a.Options {
				words = append(words, "option."+a.Name+"."+o.Value)
			}
		}
	}
	for _, s := range incident.Flow.States {
		words = append(words, "state."+string(s.Name))
	}
	for _, m := range incident.Flow.Moves {
		if !m.Auto {
			words = append(words, "action."+m.Do)
			asks(m.Asks)
		}
	}
	for _, m := range incident.OrderFlow.Moves {
		if !m.Auto {
			words = append(words, "action."+m.Do)
			asks(m.Asks)
		}
	}
	for channel := range incident.ChannelGroups {
		words = append(words, "option.channel."+channel)
	}
	return words
}

func TestEveryWordOfTheTablesIsTranslated(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		keys := catalog(t, lang)
		for _, w := range tableWords() {
			require.True(t, keys[w], "%s has no words for %s", lang, w)
		}
	}
}
