package main

import (
	"cmp"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "demarche/"

// layers is the import policy: what each package may import of ours. The words
// of a value are packages, or folders where they end in "/...". A package that
// is not named here may not exist. Do not widen a rule to fix a build: ask
// first which side the code belongs on.
var layers = map[string]string{
	// The waist.
	"search/query":      "",
	"search":            "search/query",
	"search/highlight":  "search",
	"search/sample":     "search",
	"search/suggest":    "search search/query",
	"search/enginetest": "search search/query search/sample search/suggest",

	// How statements get in and are stored.
	"index/analysis":          "",
	"index/formula":           "search index/analysis",
	"index/plan":              "search search/query index/analysis index/formula",
	"index/marker":            "",
	"index/dates":             "search index/lang",
	"index/lang":              "search",
	"index/edit":              "search",
	"index/markup":            "index/edit",
	"index/source":            "search index/dates index/edit index/markup",
	"index/clean":             "search index/edit index/lang index/marker",
	"index/segment":           "search index/clean index/dates index/lang index/marker index/source",
	"index/phrase":            "",
	"index/gazetteer":         "search index/phrase",
	"index/annotate":          "search index/dates index/gazetteer index/phrase index/segment index/source index/annotate/...",
	"index/annotate/pattern":  "index/phrase",
	"index/annotate/weighing": "index/annotate/pattern",
	"index/annotate/labelled": "search index/segment",
	"index/align":             "search index/annotate index/gazetteer index/phrase index/segment index/source",
	"index/memindex":          "search search/query index/analysis index/plan",
	"index/bleveindex":        "search search/query index/analysis index/durable index/plan",
	"index/durable":           "",
	"index/store":             "search index/durable index/source",
	"index/eval":              "search",
	"index/corpus":            "",
	"index/watch":             "",
	"index/door":              "index index/source",
	"index":                   "search index/...",

	// How readers ask.
	"static":        "",
	"web/locale":    "",
	"web/help":      "",
	"web/msgpack":   "",
	"web/templates": "",
	"web/api":       "search search/query",
	"web":           "search search/query search/highlight search/suggest static web/...",
	"web/webtest":   "search search/... web web/...",

	// Where the ends are joined.
	"cmd/demarche":    "search search/... index index/... web web/...",
	"cmd/dev":         "search search/... index index/... web web/... cmd/dev/...",
	"cmd/dev/faults":  "",
	"cmd/dev/sbom":    "",
	"cmd/dev/weights": "search index index/...",
}

// thirdParty says which of our folders may import a library at all, for those
// that the design keeps in one place.
var thirdParty = map[string]string{
	"github.com/blevesearch/bleve":        "index/bleveindex",
	"github.com/blevesearch/snowballstem": "index/analysis",
	"github.com/gin-gonic/gin":            "web",
	"github.com/gin-contrib":              "web",
}

// TestLayers reads the files itself rather than asking "go list": the test
// cache sees the files that a test opens, not those that a command it starts
// opens.
func TestLayers(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range sources(t) {
		documented[f.pkg] = documented[f.pkg] || f.documented
		checkFile(t, f)
	}
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("%s: has no package comment", pkg)
		}
	}
	for pkg := range layers {
		if _, ok := documented[pkg]; !ok {
			t.Errorf("layers names %s, which is gone", pkg)
		}
	}
}

func checkFile(t *testing.T, f sourceFile) {
	allowed, ok := layers[f.pkg]
	if !ok {
		t.Errorf("%s: not in layers; say what it may import", f.pkg)
	}
	for _, imp := range f.imports {
		if rel, ours := strings.CutPrefix(imp, module); ours {
			if !allows(allowed, rel) {
				t.Errorf("%s imports %s; allowed: %s", f.path, rel, cmp.Or(allowed, "nothing"))
			}
			continue
		}
		for lib, folder := range thirdParty {
			if within(imp, lib) && !within(f.pkg, folder) {
				t.Errorf("%s imports %s, which belongs in %s alone", f.path, imp, folder)
			}
		}
		if within(f.pkg, "search") && strings.Contains(strings.Split(imp, "/")[0], ".") && !within(imp, "golang.org/x/text") && f.pkg != "search/enginetest" {
			t.Errorf("%s imports %s; search takes the standard library and golang.org/x/text only", f.path, imp)
		}
	}
}

func allows(allowed, pkg string) bool {
	return slices.ContainsFunc(strings.Fields(allowed), func(rule string) bool {
		folder, all := strings.CutSuffix(rule, "/...")
		return pkg == rule || all && strings.HasPrefix(pkg, folder+"/")
	})
}

// within reports whether path is folder or stands below it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

type sourceFile struct {
	path, pkg  string
	imports    []string
	documented bool
}

func sources(t *testing.T) []sourceFile {
	const root = "../.."
	var files []sourceFile
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		file := sourceFile{path: path, pkg: filepath.ToSlash(pkg), documented: f.Doc != nil}
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			file.imports = append(file.imports, imp)
		}
		files = append(files, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTopLevel keeps the top of the tree as the design has it.
func TestTopLevel(t *testing.T) {
	allowed := []string{"go.mod", "go.sum", "cmd", "index", "search", "web", "static", "README.md"}
	entries, err := filepath.Glob("../../*")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := filepath.Base(e); !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}
