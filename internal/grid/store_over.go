package grid

import "gezhi/internal/kit/db"

// Covers names a table in which each row says that something went over an area: the column of its owner, area_id, and
// chosen, which is false for areas that only lie above a chosen one.
type Covers struct{ Table, Owner string }

// Rows returns the rows (owner, area, chosen) for areas that were chosen, each given by its path from the top down.
func (c Covers) Rows(owner string, chosen [][]string) [][]any {
	at := map[string]int{}
	var rows [][]any
	for _, path := range chosen {
		for n, area := range path {
			last := n == len(path)-1
			if row, seen := at[area]; seen {
				rows[row][2] = last || rows[row][2] == true
				continue
			}
			at[area] = len(rows)
			rows = append(rows, []any{owner, area, last})
		}
	}
	return rows
}

// Into is the statement that writes them, up to its rows.
func (c Covers) Into() string {
	return `INSERT INTO ` + c.Table + ` (` + c.Owner + `, area_id, chosen) VALUES `
}

// Over is the condition that what a column names went over some areas: into one of them, or from above over all of it.
// above are the areas with all that lie above them.
func (c Covers) Over(a *db.Args, column string, areas, above []string) string {
	return `EXISTS (SELECT 1 FROM ` + c.Table + ` c WHERE c.` + c.Owner + ` = ` + column +
		` AND (c.area_id IN (` + a.In(areas) + `) OR c.chosen AND c.area_id IN (` + a.In(above) + `)))`
}
