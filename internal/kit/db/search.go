package db

import (
	"context"
	"strings"
	"unicode"
)

// Search is the one place where the engines differ: a text index over pairs of characters. Chinese queries mostly
// have two characters (路灯), for which neither engine's own tokenizer finds anything.

func (d *DB) makeSearch(ctx context.Context) error {
	text := `CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(id UNINDEXED, grams, tokenize="unicode61 remove_diacritics 0")`
	if d.engine == Postgres {
		text = `CREATE TABLE IF NOT EXISTS search_text (id TEXT PRIMARY KEY, grams TSVECTOR NOT NULL);
			CREATE INDEX IF NOT EXISTS search_text_grams ON search_text USING gin (grams)`
	}
	_, err := d.writes.ExecContext(ctx, text)
	return err
}

// IndexText puts the text of an item into the search index. An item is indexed once, and again when its text grew.
func (d *DB) IndexText(ctx context.Context, tx Tx, id, text string) error {
	query, grams := `INSERT INTO search_text (id, grams) VALUES ($1, $2)`, strings.Join(Grams(text), " ")
	if d.engine == Postgres {
		// The lexemes are given ready made: the server's own parser depends on its locale.
		query = `INSERT INTO search_text (id, grams) VALUES ($1, CAST($2 AS tsvector)) ON CONFLICT (id) DO UPDATE SET grams = excluded.grams`
		grams = "'" + strings.ReplaceAll(grams, " ", "' '") + "'"
		if grams == "''" {
			grams = ""
		}
	}
	_, err := tx.ExecContext(ctx, query, id, grams)
	return err
}

// SearchPredicate returns an SQL condition that holds for rows whose column names an indexed item with every pair of
// characters of the query, and false when the query has nothing to search for.
func (d *DB) SearchPredicate(args *Args, column, query string) (string, bool) {
	grams := queryGrams(query)
	if len(grams) == 0 {
		return "", false
	}
	if d.engine == Postgres {
		terms := make([]string, len(grams))
		for i, g := range grams {
			terms[i] = "'" + strings.TrimSuffix(g, "*") + "'"
			if strings.HasSuffix(g, "*") {
				terms[i] += ":*"
			}
		}
		return column + ` IN (SELECT s.id FROM search_text s WHERE s.grams @@ CAST(` +
			args.Add(strings.Join(terms, " & ")) + ` AS tsquery))`, true
	}
	terms := make([]string, len(grams))
	for i, g := range grams {
		terms[i] = `"` + strings.TrimSuffix(g, "*") + `"`
		if strings.HasSuffix(g, "*") {
			terms[i] += "*"
		}
	}
	return column + ` IN (SELECT s.id FROM search_text s WHERE search_text MATCH ` + args.Add(strings.Join(terms, " AND ")) + `)`, true
}

// Grams cuts a text into search terms: pairs of neighbouring Chinese characters, and whole words of letters or digits.
func Grams(text string) []string {
	var grams []string
	seen := map[string]bool{}
	add := func(g string) {
		if !seen[g] {
			seen[g] = true
			grams = append(grams, g)
		}
	}
	for _, run := range runs(text) {
		if !run.han {
			add(run.text)
			continue
		}
		r := []rune(run.text)
		if len(r) == 1 {
			add(run.text)
		}
		for i := 0; i+1 < len(r); i++ {
			add(string(r[i : i+2]))
		}
		if len(r) > 1 {
			add(string(r[len(r)-1:])) // so that a single character is found at the end too
		}
	}
	return grams
}

// queryGrams is like Grams, with single characters and words as prefixes.
func queryGrams(query string) []string {
	var grams []string
	for _, run := range runs(query) {
		r := []rune(run.text)
		if !run.han || len(r) == 1 {
			grams = append(grams, run.text+"*")
			continue
		}
		for i := 0; i+1 < len(r); i++ {
			grams = append(grams, string(r[i:i+2]))
		}
	}
	if len(grams) > 40 {
		grams = grams[:40]
	}
	return grams
}

// maxWord is how many letters of a word are searched for: an engine refuses words that are much longer.
const maxWord = 100

type textRun struct {
	text string
	han  bool
}

func runs(text string) []textRun {
	var out []textRun
	var b []rune
	var han bool
	flush := func() {
		if len(b) > 0 {
			if !han && len(b) > maxWord {
				b = b[:maxWord]
			}
			out = append(out, textRun{string(b), han})
			b = nil
		}
	}
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			if !han {
				flush()
			}
			han = true
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if han {
				flush()
			}
			han = false
		default:
			flush()
			continue
		}
		b = append(b, r)
	}
	flush()
	return out
}
