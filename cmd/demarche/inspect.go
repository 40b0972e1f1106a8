package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"demarche/index"
	"demarche/search"
	"demarche/web/api"
)

func newInspect() *cobra.Command {
	var (
		asJSON bool
		own    string
	)
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "Show what the program makes of files, without indexing them",
		Long: `Show what the program makes of files, without indexing them.

All files of one call are looked at together, so that versions of one statement
and duplicates among them are found. Text, Markdown, pages of HTML and documents
of XML are read, told by what they hold and not by their names.`,
		Args: wants(oneOrMore, "inspect takes one FILE or more"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			words, err := lexicon(own)
			if err != nil {
				return err
			}
			statements, refused, err := index.Inspect(cmd.Context(), paths, words)
			if err != nil {
				return err
			}
			show := printStatement
			if asJSON {
				show = printStatementJSON
			}
			for i := range statements {
				if err := show(cmd.OutOrStdout(), &statements[i]); err != nil {
					return err
				}
			}
			for _, r := range refused {
				fmt.Fprintf(cmd.ErrOrStderr(), "refused %s: %s\n", r.File, r.Reason)
			}
			if len(refused) > 0 {
				return errors.New("some of the files could not be read: see refused above")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a statement, each on a line of its own")
	gazetteerFlag(cmd, &own)
	return cmd
}

func printStatementJSON(w io.Writer, s *search.Statement) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(api.NewStatement(s, nil, "en"))
}

func printStatement(w io.Writer, s *search.Statement) error {
	p := &printer{w: w}
	p.line("%s", s.ID)
	p.line("  %s", orNone(s.Title, "no title"))
	date := "date unknown"
	if s.Date != "" {
		date = fmt.Sprintf("%s (%s)", s.Date, s.DateProvenance)
	}
	p.line("  %s · %s · %s", date, orNone(actorNames(s.Actors), "actor unknown"), orNone(s.Kind, "kind unknown"))
	for _, v := range s.Versions {
		p.version(v)
	}
	for _, d := range s.Duplicates {
		p.line("  duplicate  %s holds the same %s text as %s", d.File, d.Lang, d.Of)
	}
	for _, r := range s.Repairs {
		p.line("  repaired   %s %d", r.Kind, r.Count)
	}
	p.line("")
	return p.err
}

func (p *printer) version(v search.Version) {
	p.line("  %s  %d paragraphs from %s", v.Lang, len(v.Paragraphs), strings.Join(v.Files, ", "))
	for _, par := range v.Paragraphs {
		p.line("    ¶%-3d %-5s %s", par.Position, par.Number, shorten(par.Text, 90))
		for _, a := range par.Attributions {
			p.line("        %s: “%s”", attribution(a.State, a.By, a.Groups, a.Stance), a.Evidence.Text)
		}
	}
}
