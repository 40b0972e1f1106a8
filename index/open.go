package index

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"demarche/index/bleveindex"
	"demarche/search"
)

// Open opens the index that spec names: "bleve:DIR" is what [Build] keeps in
// the data directory DIR. The engine goes over to a newer index by itself,
// within a second; what goes wrong then is logged, and the old one stays. Where the
// current index is damaged, it is set aside and the one before answers.
func Open(spec string, log *slog.Logger) (*Live, error) {
	kind, where, _ := strings.Cut(spec, ":")
	switch kind {
	case "bleve":
		return openLive(generations{where}, openBleve, log)
	}
	return nil, fmt.Errorf("%q names no index: write bleve:DIR", spec)
}

// openBleve opens a generation that this program would make alike.
func openBleve(dir string) (_ search.Engine, err error) {
	defer bleveindex.Faults(&err)()
	engine, err := bleveindex.Open(dir)
	if err != nil {
		return nil, err
	}
	if made := engine.Manifest().Made; made.Format != Format {
		return nil, errors.Join(fmt.Errorf("it was made by another version of demarche: run demarche rebuild"), engine.Close())
	}
	return engine, nil
}
