package phrase_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"demarche/index/phrase"
)

func set(t testing.TB, phrases ...string) *phrase.Set {
	t.Helper()
	s := phrase.NewSet()
	for i, p := range phrases {
		if err := s.Add(p, i); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// find lists what a set finds, the longest at each place, as "words=phrases".
func find(s *phrase.Set, phrases []string, text string) []string {
	tokens := phrase.Tokens(text)
	var out []string
	for i := 0; i < len(tokens); i++ {
		m, ok := s.At(text, tokens, i)
		if !ok {
			continue
		}
		var names []string
		for _, v := range m.Values {
			names = append(names, phrases[v])
		}
		out = append(out, fmt.Sprintf("%s=%s", text[tokens[m.First].Start:tokens[m.End-1].End], strings.Join(names, "|")))
		i = m.End - 1
	}
	return out
}

func TestAt(t *testing.T) {
	tests := []struct {
		name, text string
		phrases    []string
		want       []string
	}{
		{"the longest wins", "Papua New Guinea and Guinea", []string{"Guinea", "Papua New Guinea", "New"}, []string{"Papua New Guinea=Papua New Guinea", "Guinea=Guinea"}},
		{"words have edges", "Oman, the Roman Omani Romania", []string{"Oman"}, []string{"Oman=Oman"}},
		{"a prefix is asked for", "attributes, attributed; contribute", []string{"attribut*"}, []string{"attributes=attribut*", "attributed=attribut*"}},
		{"an ordinary word is no name", "turkey and Turkey, TURKEY", []string{"Turkey"}, []string{"Turkey=Turkey", "TURKEY=Turkey"}},
		{"an abbreviation is in capitals", "US, us, Us", []string{"US"}, []string{"US=US"}},
		{"full stops between small letters", "i.e. so, i. e. and ie", []string{"i.e."}, []string{"i.e.=i.e."}},
		{"full stops of an abbreviation", "the U.S. and U S", []string{"U.S."}, []string{"U.S.=U.S."}},
		{"accents and ligatures do not matter", "Etats-Unis, ÉTATS-UNIS, manoeuvre", []string{"États-Unis", "manœuvre"}, []string{"Etats-Unis=États-Unis", "ÉTATS-UNIS=États-Unis", "manoeuvre=manœuvre"}},
		{"ё is е, й is not и", "Соединённое королевство; мой мои", []string{"Соединенное Королевство", "мой"}, []string{"Соединённое королевство=Соединенное Королевство", "мой=мой"}},
		{"hyphen or space, curly or straight", "cyber-attack cyber attack People’s Army People's Army", []string{"cyber attack", "People's Army"}, []string{"cyber-attack=cyber attack", "cyber attack=cyber attack", "People’s Army=People's Army", "People's Army=People's Army"}},
		{"letters and digits part", "APT28, APT 28, APT-28, APT2", []string{"APT28"}, []string{"APT28=APT28", "APT 28=APT28", "APT-28=APT28"}},
		{"a comma parts names", "South, Africa", []string{"South Africa"}, nil},
		{"a comma that a phrase has is asked for", "Atlanta, Georgia and Atlanta Georgia", []string{"Atlanta, Georgia"}, []string{"Atlanta, Georgia=Atlanta, Georgia"}},
		{"all phrases of one place", "Quad", []string{"Quad", "quad"}, []string{"Quad=Quad|quad"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, find(set(t, tt.phrases...), tt.phrases, tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAddRefuses(t *testing.T) {
	for _, p := range []string{"", "...", "a * b", "*", "half?", "Ger*many", "*-x", ", or"} {
		if err := phrase.NewSet().Add(p, 0); err == nil {
			t.Errorf("%q was taken", p)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Évêque": "eveque", "Ёлка": "елка", "Йемен": "йемен", "ŒUVRE": "oeuvre", "Viêt": "viet", "naı̈ve": "naıve"} {
		if got := phrase.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzTokens checks that tokens lie in the text in order, cover all that is
// neither space nor invisible, and that looking up never fails.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"The U.S. and APT28", "l’Alliance – «НАТО»", "a\xff\xfeb", "e\u0301 \u00ad \u200b", "'s"} {
		f.Add(s)
	}
	s := set(f, "U.S.", "APT28", "attribut*", "États-Unis")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := phrase.Tokens(text)
		end := 0
		for i, tok := range tokens {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("token %d is %v after %d in %d bytes", i, tok, end, len(text))
			}
			if between := text[end:tok.Start]; strings.ContainsFunc(between, func(r rune) bool { return r == 'a' || r == '1' || r == '.' }) {
				t.Fatalf("%q is in no token", between)
			}
			end = tok.End
			if m, ok := s.At(text, tokens, i); ok && (m.First != i || m.End <= i || m.End > len(tokens)) {
				t.Fatalf("match %v at %d of %d", m, i, len(tokens))
			}
		}
		if folded := phrase.Fold(text); utf8.ValidString(text) && !utf8.ValidString(folded) {
			t.Fatalf("Fold makes %q of %q", folded, text)
		}
	})
}
