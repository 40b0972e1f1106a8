package bleveindex

import (
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"
	bleveanalysis "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"demarche/index/analysis"
	"demarche/search"
)

// exactField holds the exact words of paragraphs in all languages.
const exactField = "exact"

// stemField is the field with the stems of paragraphs in a language. Those that
// have no analysis of their own share one.
func stemField(lang string) string {
	if slices.Contains(search.Languages, lang) {
		return "text." + lang
	}
	return "text." + search.Undetermined
}

// termOptions ask for words, how often and where; not for the text itself, nor
// for doc values, which cost as much again and which nothing here reads.
const termOptions = bleveapi.IndexField | bleveapi.IncludeTermVectors

// A paragraphMapping makes Bleve documents of paragraphs that are fieldTerms.
// It takes the place of mapping.IndexMappingImpl.MapDocument so that a paragraph
// is cut into tokens once for both of its fields, and so that no analyzer has to
// be registered by name in a table that the whole process shares.
type paragraphMapping struct{ *mapping.IndexMappingImpl }

func newMapping() paragraphMapping {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveapi.BM25Scoring
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return paragraphMapping{m}
}

// MapDocument implements mapping.IndexMapping.
func (paragraphMapping) MapDocument(doc *document.Document, data any) error {
	fields, ok := data.(fieldTerms)
	if !ok {
		return fmt.Errorf("a document of type %T is not a paragraph", data)
	}
	for field, terms := range fields {
		doc.AddField(document.NewTextFieldCustom(field, nil, nil, termOptions, terms))
	}
	doc.SetIndexed()
	return nil
}

// fieldTerms are the terms of a paragraph by Bleve field.
type fieldTerms map[string]ready

func termsOf(lang string, tokens []analysis.Token) fieldTerms {
	exact := make(ready, 0, len(tokens))
	stems := make(ready, 0, len(tokens))
	for _, t := range tokens {
		exact = append(exact, term(t.Exact, t.Position))
		for _, s := range t.Stems {
			stems = append(stems, term(s, t.Position))
		}
	}
	return fieldTerms{exactField: exact, stemField(lang): stems}
}

// term leaves the offsets in the text at 0, which is short: highlights come
// from the text, not from the index.
func term(text string, position int) *bleveanalysis.Token {
	return &bleveanalysis.Token{Term: []byte(text), Position: position}
}

// ready is an analyzer that was already run.
type ready bleveanalysis.TokenStream

// Analyze implements analysis.Analyzer of Bleve.
func (r ready) Analyze([]byte) bleveanalysis.TokenStream { return bleveanalysis.TokenStream(r) }
