package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"demarche/index"
	"demarche/index/eval"
	"demarche/index/source"
)

func newEval() *cobra.Command {
	var (
		asJSON bool
		own    string
	)
	cmd := &cobra.Command{
		Use:   "eval GOLD",
		Short: "Score what the program makes of labelled statements",
		Long: `Score what the program makes of labelled statements.

GOLD is a folder with labels.jsonl, one labelled file a line, and perhaps
sources.jsonl, which names publishers. Each file is read by itself, so that what
is found comes from that file. Low scores are no failure.`,
		Args: wants(func(n int) bool { return n == 1 }, "eval takes one folder GOLD"),
		RunE: func(cmd *cobra.Command, args []string) error {
			gold, err := eval.Read(os.DirFS(args[0]))
			if err != nil {
				return usagef("%s: %w", args[0], err)
			}
			words, err := index.LoadLexicon(own)
			if err != nil {
				return err
			}
			report, err := evaluate(cmd.Context(), args[0], gold, words)
			if err != nil {
				return err
			}
			show := printScores
			if asJSON {
				show = printScoresJSON
			}
			if err := show(cmd.OutOrStdout(), report); err != nil {
				return err
			}
			for _, p := range gold.Problems {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s\n", p)
			}
			if len(gold.Problems) > 0 {
				return errors.New("some of the lines could not be used: see above")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	gazetteerFlag(cmd, &own)
	return cmd
}

func evaluate(ctx context.Context, dir string, gold eval.Gold, words *index.Lexicon) (eval.Report, error) {
	readings := make([]eval.Reading, len(gold.Records))
	for i, r := range gold.Records {
		var err error
		if readings[i], err = readLabelled(ctx, filepath.Join(dir, filepath.FromSlash(r.File)), words); err != nil {
			return eval.Report{}, err
		}
	}
	return eval.Compare(gold, readings, words.Names().Lookup), nil
}

// readLabelled reads a file as inspect does. The error is that of the context.
func readLabelled(ctx context.Context, path string, words *index.Lexicon) (eval.Reading, error) {
	statements, refused, err := index.Inspect(ctx, []string{path}, words)
	if err != nil || len(statements) == 0 {
		return eval.Reading{Refused: reasonOf(refused)}, err
	}
	entries, _ := source.Find([]string{path})
	if len(entries) != 1 {
		return eval.Reading{Refused: fmt.Sprintf("it is %d files: name one", len(entries))}, nil
	}
	content, err := source.Read(entries[0], source.Limits{})
	if err != nil {
		return eval.Reading{Refused: err.Error()}, nil
	}
	return eval.Reading{Text: content.Decoded[content.Offset:], Offset: content.Offset, Statements: statements}, nil
}

func reasonOf(refused []source.Refusal) string {
	if len(refused) == 0 {
		return "it holds no paragraph"
	}
	return refused[0].Reason
}

func printScores(w io.Writer, r eval.Report) error {
	p := &printer{w: w}
	p.line("%d statements scored, %d refused", r.Scored, len(r.Refused))
	for _, refused := range r.Refused {
		p.line("  %s", refused.String())
	}
	p.files("read as plain text, tags and all", r.Marked)
	p.files("not scored for paragraphs, since their blocks cannot be told", r.Unplaced)
	p.line("asking for nothing: %d labels of ambiguous paragraphs", r.Ambiguous)
	p.scores(r.Scores)
	p.findings(r.Findings)
	return p.err
}

func (p *printer) files(what string, names []string) {
	if len(names) == 0 {
		return
	}
	p.line("%d %s:", len(names), what)
	for _, name := range names {
		p.line("  %s", name)
	}
}

// titles say in a line what a measure compares.
var titles = map[eval.Measure]string{
	eval.Paragraphs: "paragraphs, by their bounds",
	eval.States:     "states held responsible, by paragraph",
	eval.Parties:    "parties, where the state is right",
	eval.Stance:     "stance, where the state is right",
	eval.Denials:    "accusations that are rejected",
	eval.Dates:      "dates that stand in the file",
	eval.Actors:     "actors",
}

func (p *printer) scores(scores []eval.Score) {
	var of eval.Measure
	for _, s := range scores {
		if s.Measure != of {
			of = s.Measure
			p.line("\n%-40s %9s %9s %9s %6s %7s %13s", titles[of], "precision", "recall", "F1", "hits", "misses", "false alarms")
		}
		p.line("  %-38s %9.3f %9.3f %9.3f %6d %7d %13d", orNone(s.Publisher+s.Lang, "all"), s.Precision(), s.Recall(), s.F1(), s.Hits, s.Misses, s.FalseAlarms)
	}
}

func (p *printer) findings(findings []eval.Finding) {
	var of eval.Measure
	for _, f := range findings {
		if f.Measure != of {
			of = f.Measure
			p.line("\n%s: misses and false alarms, by rule", titles[of])
		}
		place := f.File
		if f.Paragraph > 0 {
			place += fmt.Sprintf(" %s ¶%d", f.Lang, f.Paragraph)
		}
		line := []string{fmt.Sprintf("%-11s", f.Kind)}
		for _, part := range []string{f.Value, orNone(f.Rule, "-"), place} {
			if part != "" {
				line = append(line, part)
			}
		}
		if f.Words != "" {
			line = append(line, "“"+f.Words+"”")
		}
		p.line("  %s", strings.Join(line, "  "))
	}
}

// scoreJSON is a score with the shares that follow from its counts.
type scoreJSON struct {
	eval.Score
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func printScoresJSON(w io.Writer, r eval.Report) error {
	scores := make([]scoreJSON, len(r.Scores))
	for i, s := range r.Scores {
		scores[i] = scoreJSON{s, s.Precision(), s.Recall(), s.F1()}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Scored    int            `json:"scored"`
		Refused   []eval.Problem `json:"refused"`
		Marked    []string       `json:"read_as_plain_text"`
		Unplaced  []string       `json:"blocks_unknown"`
		Ambiguous int            `json:"ambiguous"`
		Scores    []scoreJSON    `json:"scores"`
		Findings  []eval.Finding `json:"findings"`
	}{r.Scored, listed(r.Refused), listed(r.Marked), listed(r.Unplaced), r.Ambiguous, scores, listed(r.Findings)})
}

// listed makes an empty list "[]", not "null".
func listed[T any](list []T) []T { return append([]T{}, list...) }
