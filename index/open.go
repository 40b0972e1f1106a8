package index

import (
	"fmt"
	"log/slog"
	"strings"

	"demarche/index/bleveindex"
	"demarche/search"
)

// Open opens the index that spec names: "bleve:DIR" is what [Build] keeps in
// the data directory DIR. The engine goes over to a newer index by itself,
// within a second; what goes wrong then is logged, and the old one stays.
func Open(spec string, log *slog.Logger) (search.Engine, error) {
	kind, where, _ := strings.Cut(spec, ":")
	switch kind {
	case "bleve":
		return openLive(generations{where}, openBleve, log)
	}
	return nil, fmt.Errorf("%q names no index: write bleve:DIR", spec)
}

func openBleve(dir string) (search.Engine, error) { return bleveindex.Open(dir) }
