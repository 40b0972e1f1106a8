package analysis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/analysis"
)

// FuzzTokens holds for any text in any language: tokens are spans of it in order,
// each with an exact word that is folded and, but for stop words, with stems; and
// analysing a token alone gives the same word.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{
		"NATO’s cyber-attack on the U.S., e.g. in 2021", "l'œuvre des États", "учёт её й и\u0306", "a\u0301\u00ad\u200bb",
		"\xff\xfe.A.\xff", "ŉ ﬁ ² Å ª 14(b) 3.2", "İ ı ẞ ʼn Ǽ", "ﾞ", "日本 한국 עברית", "A.B.C", "a.b. c.", "....a.", "\u0301\u0301",
	} {
		for _, lang := range []string{"en", "fr", "ru", "und"} {
			f.Add(lang, s)
		}
	}
	f.Fuzz(func(t *testing.T, lang, text string) {
		end := 0
		for i, token := range analysis.Tokens(lang, text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) || token.Position != i {
				t.Fatalf("%q: token %d is %+v", text, i, token)
			}
			end = token.End
			if token.Exact == "" || analysis.Fold(token.Exact) != token.Exact {
				t.Errorf("%q: the exact word %q is not folded", text, token.Exact)
			}
			if len(token.Stems) > 2 {
				t.Errorf("%q: %q has the stems %q", text, token.Exact, token.Stems)
			}
			alone := analysis.Tokens(lang, text[token.Start:token.End])
			if len(alone) != 1 || alone[0].Exact != token.Exact || !cmp.Equal(alone[0].Stems, token.Stems) {
				t.Errorf("%q: the token %q is %+v in the text and %+v alone", text, text[token.Start:token.End], token, alone)
			}
		}
	})
}

// FuzzFold holds for any string: folding twice is folding once.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"États", "ΐ", "ﬃ", "ẞ", "Ё\u0301", "Ǆ", "ﷺ", "\u1e9b\u0323", "ſ", "K", "Ǿ", "\xf1˛"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := analysis.Fold(s)
		if twice := analysis.Fold(once); twice != once {
			t.Errorf("%q folds to %q, and that to %q", s, once, twice)
		}
	})
}
