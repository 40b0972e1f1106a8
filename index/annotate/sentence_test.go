package annotate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/phrase"
)

// TestSentences has a bar where a sentence ends. Sentences show in no result,
// so it looks inside the package.
func TestSentences(t *testing.T) {
	tests := []struct{ lang, want string }{
		{"en", "We met the U.S. President. | He spoke."},
		{"en", "This is the view of the U.S. | We share it."},
		{"en", "See No. 5 and Art. 3 of the text. | Mr. Smith agrees."},
		{"en", "1. We condemn it. | 2. We act."},
		{"en", "They asked “Why?” | Nobody knew. | Version 2.5 is out."},
		{"en", "J. R. Smith and P.R.C. officials met at 5 p.m. in Geneva."},
		{"en", "It cost $1.5 million… | Then it stopped!"},
		{"fr", "M. Dupont et Mme Durand ont parlé. | L'art. 5 s'applique."},
		{"fr", "Nous agissons. | « Nous aussi. » | Enfin, c'est dit."},
		{"ru", "Заявление от 12 ноября 2018 г. принято. | Мы его поддерживаем."},
		{"ru", "Министр С. В. Соснов и т. д. прибыли в г. Москву. | Встреча прошла."},
		{"ru", "Это было в 2018 г. | Мы помним."},
	}
	for _, tt := range tests {
		l, err := load(data, tt.lang)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(tt.want, " | ", " ")
		tokens := phrase.Tokens(text)
		var got []string
		for _, s := range l.sentences(text, tokens) {
			got = append(got, text[tokens[s[0]].Start:tokens[s[1]-1].End])
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " | ")); diff != "" {
			t.Errorf("%s: %s", tt.lang, diff)
		}
	}
}
