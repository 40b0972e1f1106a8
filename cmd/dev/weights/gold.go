package weights

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"demarche/index"
	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
	"demarche/index/eval"
	"demarche/search"
)

// gold are the examples of labelled real statements, each in one of a few folds.
func gold(ctx context.Context, a *annotate.Annotator, folder, lang string) ([]example, error) {
	labels, err := eval.Read(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	var out []example
	for i, r := range labels.Records {
		file := filepath.Join(folder, r.File)
		statements, _, err := index.Inspect(ctx, []string{file}, nil)
		if err != nil {
			return nil, err
		}
		for _, s := range statements {
			for _, v := range s.Versions {
				if v.Lang == lang {
					out = append(out, of(a, statementOf(r, s, v), fmt.Sprintf("gold %d", i%folds))...)
				}
			}
		}
	}
	if len(out) == 0 {
		return nil, errors.Join(fmt.Errorf("%s has no statements in %q", folder, lang), fs.ErrNotExist)
	}
	return out, nil
}

// statementOf is a version of a statement with its labels. Paragraphs are told by how they
// begin; those of which labels are not sure are left empty.
func statementOf(r eval.Record, s search.Statement, v search.Version) labelled.Statement {
	out := labelled.Statement{File: "gold", Lang: v.Lang, ID: r.File, Title: v.Title}
	for _, actor := range s.Actors {
		out.Speaker = append(out.Speaker, actor.ID)
	}
	for _, p := range v.Paragraphs {
		made := labelled.Paragraph{Text: p.Text}
		begins := func(l eval.Label) bool { return start(l.Start) == start(p.Text) }
		for _, l := range r.Attributions {
			if begins(l) {
				made.Attributions = append(made.Attributions, attributionsOf(l)...)
			}
		}
		if slices.ContainsFunc(r.Ambiguous, begins) {
			made.Text = ""
		}
		out.Paragraphs = append(out.Paragraphs, made)
	}
	return out
}

func attributionsOf(l eval.Label) []labelled.Attribution {
	stance := search.StanceOwn
	if l.Stance == "rejects" {
		stance = search.StanceDenied
	}
	var out []labelled.Attribution
	for _, state := range l.States {
		out = append(out, labelled.Attribution{State: state, Stance: stance})
	}
	return out
}

// start is how a text begins: its first letters, without marks, numbers and white space.
func start(text string) string {
	const letters = 30
	var b strings.Builder
	for _, r := range text {
		if unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
		if b.Len() >= letters {
			break
		}
	}
	return b.String()
}
