package annotate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/gazetteer"
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
		{"en", "See Sec. 4.2 of it (and p. 3). | E.g. Art. 51, i.e. Chapter VII, is quoted. | We met at 5 p.m. Monday. | Nobody came."},
		{"en", "Freedonia attacked the U.S. | Iran did not attack the U.K. | Belarus did nothing. | The U.S. China Centre was closed."},
		{"en", "The U.S. Iranian talks failed. | It was J. Chad who spoke."},
		{"fr", "Voir le chap. II, p. 3, al. 2. | La France l'a dit."},
		{"ru", "См. гл. II и разд. Б, с. 3. | Мы согласны."},
		{"fr", "M. Dupont et Mme Durand ont parlé. | L'art. 5 s'applique."},
		{"fr", "Nous agissons. | « Nous aussi. » | Enfin, c'est dit."},
		{"ru", "Заявление от 12 ноября 2018 г. принято. | Мы его поддерживаем."},
		{"ru", "Министр С. В. Соснов и т. д. прибыли в г. Москву. | Встреча прошла."},
		{"ru", "Это было в 2018 г. | Мы помним."},
	}
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := New(g)
	for _, tt := range tests {
		text := strings.ReplaceAll(tt.want, " | ", " ")
		p := &a.read(nil, tt.lang, []string{text})[0]
		var got []string
		for _, s := range a.languages[tt.lang].sentences(p) {
			got = append(got, text[p.tokens[s[0]].Start:p.tokens[s[1]-1].End])
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " | ")); diff != "" {
			t.Errorf("%s: %s", tt.lang, diff)
		}
	}
}
