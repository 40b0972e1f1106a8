package source

import "demarche/search"

// Declared is metadata given with the file, in metadata.csv or front matter. A
// field that is empty is not declared. Several can stand for one file, each
// for one language; one without Lang is for all.
type Declared struct {
	Statement string
	Title     string
	Actors    []string
	Date      search.Date
	Kind      string
	Lang      []string
	URL       string
}
