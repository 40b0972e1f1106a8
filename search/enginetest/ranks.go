package enginetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

// ranking is a query and texts of one language in the order in which they are to
// be found.
type ranking struct {
	lang, query string
	texts       []string
}

// In each of rankings the words of the query occur once side by side in a long
// text, and again and again apart in short ones, which are better by every count
// of words; then more often in a text of the same length, and in a shorter one.
var rankings = []ranking{
	{"en", "responsible state", []string{
		"The norms of a responsible state are those that hold for all who have a part in this long and winding road to a lasting peace.",
		"State responsible: the state is responsible.",
		"Responsible is the state.",
		"A state may think of itself as being responsible here.",
	}},
	{"fr", "comportement responsable", []string{
		"Les normes de comportements responsables valent pour tous ceux qui prennent part à cette longue route vers une paix durable.",
		"Responsable dans le comportement, comportement.",
		"Un comportement peut être dit entre nous tous responsable.",
	}},
	{"ru", "ответственное поведение", []string{
		"Нормы ответственного поведения действуют для всех, кто участвует в этом долгом и трудном пути к прочному миру между народами.",
		"Поведение ответственное, ведь поведение.",
		"Поведение всех этих участников оставалось весьма ответственным.",
	}},
}

// ranked are statements of one paragraph with the texts of rankings.
func ranked() []search.Statement {
	var all []search.Statement
	for _, r := range rankings {
		// In reverse, so that the order is not that of ties.
		for i, text := range r.texts {
			id := fmt.Sprintf("%s-%d", r.lang, len(r.texts)-i)
			all = append(all, search.Statement{ID: id, Versions: []search.Version{{
				Lang:       r.lang,
				Paragraphs: []search.Paragraph{{ID: id + "." + r.lang + ".1", Position: 1, Text: text}},
			}}})
		}
	}
	return all
}

// phrasesFirst checks that a paragraph with the words of a query as a phrase
// comes before those that have them more often, but apart.
func phrasesFirst(t *testing.T, e search.Engine) {
	for _, r := range rankings {
		var got []string
		for _, h := range answer(t, e, search.Request{Query: node(t, r.query), Size: search.MaxSize}).Hits {
			got = append(got, h.Paragraph.Text)
		}
		if d := cmp.Diff(r.texts, got); d != "" {
			t.Errorf("%s: -want +got\n%s", r.query, strings.TrimSpace(d))
		}
	}
}
