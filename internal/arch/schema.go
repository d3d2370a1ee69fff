package arch

import (
	"go/ast"
	"go/token"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// aggregate names the tables of an incident, with the column that holds its id. Everything that scales is distributed
// by that id, so every key begins with it and no foreign key leads elsewhere but to reference tables.
var aggregate = map[string]string{"incidents": "id", "orders": "incident_id", "entries": "incident_id", "outbox": "aggregate_id"}

// reference tables change rarely and may be copied to every node.
var reference = []string{"areas", "categories", "routing_rules", "units", "roles"}

// oneEngine is what one engine alone understands, or what makes a statement depend on anything but its arguments.
var oneEngine = []struct {
	pattern *regexp.Regexp
	why     string
}{
	{regexp.MustCompile(`(?i)\bFOR\s+(NO\s+KEY\s+)?UPDATE\b|\bSKIP\s+LOCKED\b`), "locks rows by reading: the first statement of a write is the guarded update"},
	{regexp.MustCompile(`::\s*[a-zA-Z]`), "casts with ::, which SQLite does not know: CAST(x AS type)"},
	{regexp.MustCompile(`(?i)\b(NOW\s*\(|CURRENT_(TIMESTAMP|DATE|TIME)\b|LOCALTIMESTAMP\b|CLOCK_TIMESTAMP|STATEMENT_TIMESTAMP|STRFTIME\s*\(|DATETIME\s*\(|JULIANDAY\s*\(|UNIXEPOCH\s*\()`),
		"asks the engine for the time: times come from the injected clock"},
	{regexp.MustCompile(`(?i)\b(SMALL|BIG)?SERIAL\b|\bSEQUENCE\b|\bNEXTVAL\b|\bAUTOINCREMENT\b|\bGENERATED\s+(ALWAYS|BY\s+DEFAULT)\b`), "numbers rows by a sequence: ids are made in Go"},
	{regexp.MustCompile(`(?i)\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b`), "a trigger: what happens is written in Go"},
	{regexp.MustCompile(`(?i)\bILIKE\b|\bANY\s*\(\s*\$|\bjson_each\b|#>>?`), "is not on both engines"},
	{regexp.MustCompile(`(?i)VALUES\s*\(\s*\(\s*SELECT\b`), "selects inside VALUES, which cannot be distributed"},
}

// checkStatements reads every migration and every text of a store file. kit/db is the dialect and has its exceptions.
func checkStatements(tree fs.FS, files []*file) ([]Problem, error) {
	var found []Problem
	schema, err := fs.Glob(tree, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range schema {
		raw, err := fs.ReadFile(tree, name)
		if err != nil {
			return nil, err
		}
		text := withoutComments(string(raw))
		found = append(found, checkText(name, 0, text)...)
		found = append(found, checkTables(name, text)...)
	}
	for _, f := range files {
		if f.test || !strings.HasPrefix(f.name, "store") || within(f, "internal/kit/db") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(lit.Value); err == nil {
				found = append(found, checkText(f.path, f.line(lit.Pos()), text)...)
				found = append(found, checkKeyed(f, f.line(lit.Pos()), text)...)
			}
			return true
		})
	}
	return found, nil
}

var comment = regexp.MustCompile(`--[^\n]*`)

func withoutComments(text string) string { return comment.ReplaceAllString(text, "") }

func checkText(name string, line int, text string) []Problem {
	var found []Problem
	for _, rule := range oneEngine {
		if part := rule.pattern.FindString(text); part != "" {
			found = append(found, Problem{"statement", name, line, strconv.Quote(part) + ": " + rule.why})
		}
	}
	return found
}

var (
	tableHead  = regexp.MustCompile(`(?is)CREATE TABLE (?:IF NOT EXISTS )?(\w+)\s*\((.*?)\n\)`)
	tableKey   = regexp.MustCompile(`(?i)(?:PRIMARY KEY|UNIQUE)\s*\(\s*(\w+)`)
	columnKey  = regexp.MustCompile(`(?im)^\s*(\w+)\s[^,\n]*\b(?:PRIMARY KEY|UNIQUE)\b`)
	columnRef  = regexp.MustCompile(`(?im)^\s*(\w+)\s[^,\n]*\bREFERENCES\s+(\w+)`)
	uniqueHead = regexp.MustCompile(`(?i)CREATE UNIQUE INDEX (?:IF NOT EXISTS )?\w+ ON (\w+)\s*\(\s*(\w+)`)
)

// checkTables holds the keys of the aggregate's tables to its id.
func checkTables(name, text string) []Problem {
	var found []Problem
	say := func(table, what string) {
		found = append(found, Problem{"statement", name, 0, "table " + table + ": " + what + ": keys of the aggregate begin with its id"})
	}
	for _, t := range tableHead.FindAllStringSubmatch(text, -1) {
		table, body := t[1], t[2]
		key, ok := aggregate[table]
		if !ok {
			continue
		}
		if !strings.Contains(strings.ToUpper(body), "PRIMARY KEY") {
			say(table, "has no primary key")
		}
		keys := append(tableKey.FindAllStringSubmatch(body, -1), columnKey.FindAllStringSubmatch(body, -1)...)
		for _, k := range keys {
			if k[1] != key && !strings.EqualFold(k[1], "PRIMARY") && !strings.EqualFold(k[1], "UNIQUE") {
				say(table, "a key begins with "+k[1])
			}
		}
		for _, ref := range columnRef.FindAllStringSubmatch(body, -1) {
			if ref[1] != key && !slices.Contains(reference, ref[2]) {
				say(table, ref[1]+" refers to "+ref[2])
			}
		}
	}
	for _, u := range uniqueHead.FindAllStringSubmatch(text, -1) {
		if key, ok := aggregate[u[1]]; ok && u[2] != key {
			say(u[1], "a unique index begins with "+u[2])
		}
	}
	return found
}

var changing = regexp.MustCompile(`(?is)^\s*(?:UPDATE|DELETE FROM) (\w+)\b.*\bWHERE\b`)

// checkKeyed holds that a statement that changes rows of the aggregate names its id. The kit's outbox marks and clears
// rows of many aggregates, each statement for itself.
func checkKeyed(f *file, line int, text string) []Problem {
	m := changing.FindStringSubmatch(text)
	if m == nil || f.pkg.layer == layerKit {
		return nil
	}
	key, ok := aggregate[m[1]]
	if !ok || regexp.MustCompile(`\b`+key+` = (\$\d|$)`).MatchString(text) {
		return nil
	}
	return []Problem{{"statement", f.path, line, "changes " + m[1] + " without naming " + key + ": a statement of a write concerns one aggregate"}}
}
