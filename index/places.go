package index

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// place is a file or folder that was given to be indexed. A place never lies
// in another one: a path within a known place stands for the whole of that.
type place struct {
	// Label begins the names of the place's files in statements: as many last
	// elements of its path as tell it from the other places. It stays the same
	// as long as the place is known.
	Label string
}

// shipped is the place of the statements inside the program. It is not an
// absolute path, so no other place covers it.
const shipped = "embedded:"

// isPlace reports whether a path can be one of a place. What an archive holds may
// be made up, or come from a system that writes paths in another way.
func isPlace(path string) bool {
	return path == shipped || filepath.IsAbs(path) && filepath.Clean(path) == path
}

// cover returns the place that path lies in, adding it where there is none yet.
// path is absolute and clean.
func cover(places map[string]place, path string) string {
	for root := range places {
		if within(path, root) {
			return root
		}
	}
	maps.DeleteFunc(places, func(root string, _ place) bool { return within(root, path) })
	places[path] = place{Label: label(places, path)}
	return path
}

// within reports whether path is root or below it.
func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, strings.TrimSuffix(root, string(filepath.Separator))+string(filepath.Separator))
}

// label is the shortest tail of path that no other label is part of or has as
// a part.
func label(places map[string]place, file string) string {
	if file == shipped {
		return "embedded"
	}
	elements := strings.Split(strings.Trim(filepath.ToSlash(file), "/"), "/")
	taken := slices.Collect(maps.Values(places))
	for n := 1; n <= len(elements); n++ {
		tail := path.Join(elements[len(elements)-n:]...)
		if !slices.ContainsFunc(taken, func(p place) bool { return overlap(p.Label, tail) }) {
			return tail
		}
	}
	return filepath.ToSlash(file)
}

func overlap(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
}

// name is how statements name the file at path in the place root.
func (p place) name(root, file string) string {
	return path.Join(p.Label, filepath.ToSlash(strings.TrimPrefix(file, root)))
}
