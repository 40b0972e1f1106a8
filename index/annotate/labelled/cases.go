package labelled

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"demarche/search"
)

// Cases reads the lines of a language in the golden files of the folder testdata/rules, each as
// a statement of its own, with what is found there.
func Cases(testdata fs.FS, lang string) ([]Statement, error) {
	files, err := fs.Glob(testdata, "rules/*.txtar")
	if err != nil {
		return nil, err
	}
	var out []Statement
	for _, name := range files {
		data, err := fs.ReadFile(testdata, name)
		if err != nil {
			return nil, err
		}
		out = append(out, cases(strings.TrimSuffix(path.Base(name), ".txtar"), lang, txtar.Parse(data))...)
	}
	return out, nil
}

func cases(name, lang string, archive *txtar.Archive) []Statement {
	speaker, title := Commented(archive, "speaker"), Commented(archive, "title "+lang)
	found := wanted(string(archive.Files[len(archive.Files)-1].Data))
	var out []Statement
	for _, f := range archive.Files {
		if f.Name != lang {
			continue
		}
		for i, text := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
			s := Statement{File: name, Lang: lang, ID: fmt.Sprintf("%s %d", lang, i+1), Title: title}
			if speaker != "" {
				s.Speaker = []string{speaker}
			}
			s.Paragraphs = []Paragraph{{Text: text, Attributions: found[s.ID]}}
			out = append(out, s)
		}
	}
	return out
}

// Commented is what stands behind a key in the comment of a golden file, as in "speaker: EE"; ""
// for none.
func Commented(archive *txtar.Archive, key string) string {
	for line := range strings.Lines(string(archive.Comment)) {
		if value, ok := strings.CutPrefix(line, key+": "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// wanted reads what a golden file wants, by language and number: "en 3 CN by [JP] groups [mss]
// own presupposed".
func wanted(text string) map[string][]Attribution {
	out := map[string][]Attribution{}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if strings.HasPrefix(line, "\t") || len(words) < 5 {
			continue // a rule and its words; "nobody"
		}
		key := words[0] + " " + words[1]
		out[key] = append(out[key], Attribution{State: words[2], Stance: search.Stance(words[len(words)-2])})
	}
	return out
}
