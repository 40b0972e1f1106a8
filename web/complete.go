package web

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"
	loosely "golang.org/x/text/search"

	"demarche/search"
	"demarche/search/query"
	"demarche/web/api"
	"demarche/web/locale"
)

const (
	// minCompleted is the number of characters from which on a query is completed.
	minCompleted = 2
	// maxCompleted is how many issuers, and how many titles, are offered.
	maxCompleted = 3
	// minTitlePrefix is the number of letters that a prefix must have.
	minTitlePrefix = 3
	// maxTitleWords bounds the words that a title is looked for by.
	maxTitleWords = 8
)

// apiSuggest answers /api/v1/suggest.
func (s *site) apiSuggest(c *gin.Context) error {
	values, err := api.ParseValues(c.Request.URL.RawQuery, api.SuggestParameters)
	if err != nil {
		return err
	}
	if s.fresh(c, api.MediaType, c.Request.URL.Path+"?"+values.Encode()) {
		return nil
	}
	q := strings.TrimSpace(values.Get("q"))
	answer := api.Suggest{Q: q, Completions: []api.Completion{}}
	if utf8.RuneCountInString(q) >= minCompleted {
		found, err := s.completions(c, q, s.printer(c))
		if err != nil {
			return err
		}
		answer.Completions = append(answer.Completions, found...)
	}
	return s.json(c, answer)
}

// completions are what q may go on to.
func (s *site) completions(ctx context.Context, q string, printer *locale.Printer) ([]api.Completion, error) {
	found, err := s.Engine.Complete(ctx, q)
	if err != nil {
		return nil, err
	}
	var formulas, words []api.Completion
	for _, f := range found {
		if f.Lang != "" {
			formulas = append(formulas, api.Completion{Kind: api.CompletionFormula, Text: f.Text, Lang: f.Lang, Query: quotedAs(q, f.Text)})
		} else {
			words = append(words, api.Completion{Kind: api.CompletionWord, Text: f.Text, Query: withLastWord(q, f.Text)})
		}
	}
	actors, err := s.completedActors(ctx, q, printer)
	if err != nil {
		return nil, err
	}
	titles, err := s.completedTitles(ctx, q)
	return slices.Concat(formulas, actors, titles, words), err
}

// quotedAs is a wording in quotes where q, which it completes, begins with one.
func quotedAs(q, wording string) string {
	if first, _ := utf8.DecodeRuneInString(q); strings.ContainsRune(`"“„«`, first) {
		return `"` + wording + `"`
	}
	return wording
}

// withLastWord is a query with another word for the one that is being typed.
func withLastWord(q, word string) string {
	at := strings.LastIndexFunc(q, notInWord)
	if at >= 0 {
		_, size := utf8.DecodeRuneInString(q[at:])
		at += size
	}
	return q[:max(at, 0)] + word
}

func notInWord(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) }

// actorField is the field behind which the ID of an issuer is typed.
const actorField = "actor:"

// beforeActor is what stands before the name of an issuer that ends q: nothing, or all
// before the field in whose value q ends.
func beforeActor(q string) (before, name string) {
	at := strings.LastIndex(q, actorField)
	if at < 0 || at > 0 && !strings.ContainsAny(q[at-1:at], " -(") || strings.Contains(q[at:], " ") {
		return "", q
	}
	return q[:at], q[at+len(actorField):]
}

// completedActors are the issuers of which a word of the name begins as q, or the
// value of the field that it ends in, does.
func (s *site) completedActors(ctx context.Context, q string, printer *locale.Printer) ([]api.Completion, error) {
	r, err := s.Engine.Search(ctx, search.Request{Facets: []string{"actor"}})
	if err != nil {
		return nil, err
	}
	before, name := beforeActor(q)
	beginning := loosely.New(language.Make(printer.Lang()), loosely.Loose).CompileString(name)
	var out []api.Completion
	for _, f := range r.Facets {
		for _, v := range f.Values {
			name := printer.Label("actor", v.Value)
			if v.Value != search.NoValue && len(out) < maxCompleted && aWordBegins(name, beginning) {
				out = append(out, api.Completion{Kind: api.CompletionActor, Text: name, Lang: printer.Lang(), Query: before + actorField + v.Value})
			}
		}
	}
	return out, nil
}

func aWordBegins(name string, beginning *loosely.Pattern) bool {
	inWord := false
	for i, r := range name {
		if !inWord && !notInWord(r) {
			if at, _ := beginning.IndexString(name[i:], loosely.Anchor); at == 0 {
				return true
			}
		}
		inWord = !notInWord(r)
	}
	return false
}

// completedTitles are the newest statements that have the words of q in their
// title. Hits are paragraphs, so each statement found is left out of the next search.
func (s *site) completedTitles(ctx context.Context, q string) ([]api.Completion, error) {
	n := inTitle(strings.FieldsFunc(q, notInWord))
	if n == nil {
		return nil, nil
	}
	var out []api.Completion
	r := search.Request{Query: n, Sort: search.Newest, Size: 1}
	for range maxCompleted {
		result, err := s.Engine.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		if len(result.Hits) == 0 {
			break
		}
		h := result.Hits[0].Statement
		out = append(out, api.Completion{
			Kind: api.CompletionTitle, Text: h.Title, Lang: h.TitleLang, Query: query.Field{Name: "statement", Value: h.ID}.String(),
		})
		if len(r.Filters) == 0 {
			r.Filters = []search.Filter{{Field: "statement"}}
		}
		r.Filters[0].Exclude = append(r.Filters[0].Exclude, h.ID)
	}
	return out, nil
}

// inTitle asks for words in the title, the last of which may go on; nil where that
// is too short, or there are too many.
func inTitle(words []string) query.Node {
	if len(words) == 0 || len(words) > maxTitleWords || utf8.RuneCountInString(words[len(words)-1]) < minTitlePrefix {
		return nil
	}
	var nodes []query.Node
	for i, w := range words {
		var text query.Node = query.Word{Text: w}
		if i == len(words)-1 {
			text = query.Prefix{Text: w}
		}
		nodes = append(nodes, query.Field{Name: "title", Text: text})
	}
	if len(nodes) == 1 {
		return nodes[0]
	}
	return query.And{Nodes: nodes}
}
