// Package words says things in the reader's language where the program itself writes them, such as in the header of a
// table: the same catalogs that the screens use.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Default is the language in which somebody is answered who asked for none that there is.
const Default = "zh-CN"

// Catalog holds the texts of every language by dotted key. The zero Catalog knows none.
type Catalog struct{ texts map[string]map[string]string }

// Load reads a folder for each language with a JSON file for each concept; the file's name is the first part of a key.
func Load(tree fs.FS) (*Catalog, error) {
	c := &Catalog{texts: map[string]map[string]string{}}
	files, err := fs.Glob(tree, "*/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return nil, err
		}
		var content map[string]any
		if err := json.Unmarshal(data, &content); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		lang := path.Dir(name)
		if c.texts[lang] == nil {
			c.texts[lang] = map[string]string{}
		}
		collect(c.texts[lang], strings.TrimSuffix(path.Base(name), ".json"), content)
	}
	return c, nil
}

func collect(into map[string]string, prefix string, content map[string]any) {
	for k, v := range content {
		switch x := v.(type) {
		case map[string]any:
			collect(into, prefix+"."+k, x)
		case string:
			into[prefix+"."+k] = x
		}
	}
}

// place is where a value or a quoted sign stands in a text.
var place = regexp.MustCompile(`\{('[^']*'|[a-zA-Z0-9_]+)\}`)

// Say returns a text with its values put in, ” when there is none under this key.
func (c *Catalog) Say(lang, key string, params map[string]any) string {
	texts, ok := c.texts[lang]
	if !ok {
		texts = c.texts[Default]
	}
	return place.ReplaceAllStringFunc(texts[key], func(found string) string {
		name := found[1 : len(found)-1]
		if strings.HasPrefix(name, "'") {
			return strings.Trim(name, "'")
		}
		if v, ok := params[name]; ok {
			return fmt.Sprint(v)
		}
		return ""
	})
}

// Speaker says things in one language.
type Speaker struct {
	Lang    string
	Catalog *Catalog
}

// Say returns the text of a key, or the key's last part when nobody gave it one.
func (s Speaker) Say(key string, params ...any) string {
	values := map[string]any{}
	for i := 0; i+1 < len(params); i += 2 {
		values[fmt.Sprint(params[i])] = params[i+1]
	}
	if text := s.Catalog.Say(s.Lang, key, values); text != "" {
		return text
	}
	return key[strings.LastIndexByte(key, '.')+1:]
}

// Pick returns the text of the reader's language of two.
func (s Speaker) Pick(zh, en string) string {
	if s.Lang == "en" && en != "" {
		return en
	}
	return zh
}

// Named finds which key below a prefix has this text, in any language: what people write in a table turned into a code.
// The code itself is found too.
func (c *Catalog) Named(prefix, text string) (code string, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, texts := range c.texts {
		for key, value := range texts {
			code, below := strings.CutPrefix(key, prefix+".")
			if below && !strings.Contains(code, ".") && (strings.ToLower(value) == text || code == text) {
				return code, true
			}
		}
	}
	return "", false
}
