package weights

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"demarche/index"
	"demarche/index/annotate"
	"demarche/index/annotate/labelled"
	"demarche/index/eval"
	"demarche/search"
)

// gold are the examples of labelled real statements, each in one of a few folds. What cannot
// be used is said.
func gold(ctx context.Context, w io.Writer, a *annotate.Annotator, folder, lang string) ([]example, error) {
	labels, err := eval.Read(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	for _, p := range labels.Problems {
		fmt.Fprintln(w, p)
	}
	var out []example
	for i, r := range labels.Records {
		statements, refused, err := index.Inspect(ctx, []string{filepath.Join(folder, r.File)}, nil)
		if err != nil {
			return nil, err
		}
		for _, f := range refused {
			fmt.Fprintf(w, "left out: %v\n", &f)
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
		return nil, fmt.Errorf("no labelled statement in %s is in %q: name another folder with --gold", folder, lang)
	}
	return out, nil
}

// statementOf is a version of a statement with its labels. A label is of the paragraph that
// begins as it says; where none does, or several, no paragraph of the version tells anything of
// its states. Paragraphs of which labels are not sure are left empty.
func statementOf(r eval.Record, s search.Statement, v search.Version) labelled.Statement {
	out := labelled.Statement{File: "gold", Lang: v.Lang, ID: r.File, Title: v.Title}
	for _, actor := range s.Actors {
		out.Speaker = append(out.Speaker, actor.ID)
	}
	for _, p := range v.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, labelled.Paragraph{Text: p.Text})
	}
	var lost []string
	for _, l := range r.Attributions {
		if at := beginning(out.Paragraphs, l); len(at) == 1 {
			p := &out.Paragraphs[at[0]]
			p.Attributions = append(p.Attributions, attributionsOf(l)...)
		} else {
			lost = append(lost, l.States...)
		}
	}
	for _, l := range r.Ambiguous {
		for _, at := range beginning(out.Paragraphs, l) {
			out.Paragraphs[at].Text = ""
		}
	}
	for i := range out.Paragraphs {
		if len(out.Paragraphs[i].Attributions) == 0 {
			out.Paragraphs[i].Unsure = lost
		}
	}
	return out
}

// beginning are the paragraphs that begin as a label says, compared by letters.
func beginning(paragraphs []labelled.Paragraph, l eval.Label) []int {
	start := letters(l.Start)
	var at []int
	for i, p := range paragraphs {
		if start != "" && strings.HasPrefix(letters(p.Text), start) {
			at = append(at, i)
		}
	}
	return at
}

var tags = regexp.MustCompile(`</?[a-z][^>]*>`)

// letters are those of a text in lower case, without markup, marks and white space.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, tags.ReplaceAllString(text, ""))
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
