// Package migrations holds the schema: one tree of SQL files that both engines run.
package migrations

import "embed"

// Tree is the migrations in order of their numbers.
//
//go:embed *.sql
var Tree embed.FS
