package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"demarche/index"
	"demarche/web"
	"demarche/web/api"
)

func newSearch() *cobra.Command {
	var (
		data   string
		own    string
		asJSON bool
		logs   logConfig
	)
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search as on the site, in the terminal",
		Long: `Search as on the site, in the terminal.

The words of several arguments are one query; "" asks for everything. The other
flags are the parameters of the API. A query that begins with "-" goes after
"--".`,
		Example: `  demarche search '"responsible state behaviour"'
  demarche search --lang fr --year 2021 --year 2025 comportement responsable`,
		Args: wants(oneOrMore, "search takes a QUERY"),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the answer of the API")
	dataFlag(cmd, &data)
	gazetteerFlag(cmd, &own)
	logFlags(cmd, &logs)
	logs.level = "warn"
	question := questionFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		question.Set("q", strings.Join(args, " "))
		dir, err := dataDir(data)
		if err != nil {
			return err
		}
		words, err := lexicon(own)
		if err != nil {
			return err
		}
		answer, err := ask(cmd.Context(), dir, words, question.Values, logs.logger(cmd.ErrOrStderr()), cmd.ErrOrStderr())
		if err != nil {
			return err
		}
		if asJSON {
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n", bytes.TrimSpace(answer))
			return err
		}
		return printAnswer(cmd.OutOrStdout(), answer)
	}
	return cmd
}

// question gathers the parameters of a search from flags.
type question struct{ url.Values }

// parameter is the flag of one parameter of the API.
type parameter struct {
	question question
	api.Parameter
}

func (p parameter) String() string { return strings.Join(p.question.Values[p.Name], ",") }
func (p parameter) Type() string   { return "value" }

// Set adds a value, or replaces it where the parameter does not repeat.
func (p parameter) Set(value string) error {
	if p.Repeats {
		p.question.Add(p.Name, value)
	} else {
		p.question.Values.Set(p.Name, value)
	}
	return nil
}

// questionFlags adds a flag for each parameter of the API but the query:
// attributed_state is --attributed-state.
func questionFlags(cmd *cobra.Command) question {
	q := question{url.Values{}}
	for _, p := range api.SearchParameters {
		if p.Name != "q" {
			cmd.Flags().Var(parameter{q, p}, strings.ReplaceAll(p.Name, "_", "-"), p.Doc)
		}
	}
	return q
}

// ask puts a question to the site's own handler, so that an answer in the
// terminal and one of the server cannot differ.
func ask(ctx context.Context, dir string, words *index.Lexicon, params url.Values, log *slog.Logger, stderr io.Writer) ([]byte, error) {
	engine, err := openIndex(ctx, dir, words, log, stderr)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	handler, err := newSite(engine, words, web.Config{Log: log})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, api.SearchPath+"?"+params.Encode(), nil)
	if err != nil {
		return nil, err
	}
	request.RemoteAddr = "127.0.0.1:0"
	answer := answer{header: http.Header{}, status: http.StatusOK}
	handler.ServeHTTP(&answer, request)
	if answer.status != http.StatusOK {
		return nil, answer.problem()
	}
	return answer.body.Bytes(), nil
}

// answer is what a handler says, kept in memory.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

// problem words a refusal of the API for the terminal. What the reader can
// mend is wrong usage.
func (a *answer) problem() error {
	var p api.Problem
	if err := json.Unmarshal(a.body.Bytes(), &p); err != nil {
		return fmt.Errorf("the search failed with status %d", a.status)
	}
	text := p.Detail
	if p.Suggestion != "" {
		text += fmt.Sprintf(" Try: %s", p.Suggestion)
	}
	if a.status == http.StatusBadRequest {
		return usagef("%s", text)
	}
	return fmt.Errorf("%s", text)
}
