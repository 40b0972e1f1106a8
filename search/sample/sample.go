// Package sample holds a few short statements for tests, examples and the
// gallery of pages. They are invented, and made to have what pages and engines
// must cope with: one to three languages, known, partly known and unknown dates,
// several actors, attributions made, reported and denied, lists, numbers such as 14(b),
// text in no known language, and characters that mean something to HTML. It is
// not for the program itself, which ships real statements.
package sample

import (
	"embed"
	"encoding/json"
	"fmt"

	"demarche/search"
)

//go:embed statements
var files embed.FS

// Statements returns the statements by ID. Every call makes new ones.
func Statements() []search.Statement {
	entries, err := files.ReadDir("statements")
	if err != nil {
		panic(err) // the folder is embedded
	}
	var all []search.Statement
	for _, entry := range entries {
		all = append(all, read(entry.Name()))
	}
	return all
}

// read panics on what its own test would have found.
func read(name string) search.Statement {
	text, err := files.ReadFile("statements/" + name)
	if err != nil {
		panic(err)
	}
	var s search.Statement
	if err := json.Unmarshal(text, &s); err != nil {
		panic(fmt.Errorf("statements/%s: %w", name, err))
	}
	return s
}
