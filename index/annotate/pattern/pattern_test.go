package pattern_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"demarche/index/annotate/pattern"
	"demarche/index/phrase"
)

// grammar has a class for states, one for verbs and one for commas.
func grammar(t testing.TB) *pattern.Grammar {
	t.Helper()
	g := pattern.NewGrammar()
	for class, words := range map[string]string{"STATE": "china;russia;iran", "VERB": "attribut*", "COMMA": ","} {
		for w := range strings.SplitSeq(words, ";") {
			if w == "," {
				if _, err := g.Class(class); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if err := g.Word(class, w); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := g.Let("LIST", "STATE ((COMMA | and) STATE)*"); err != nil {
		t.Fatal(err)
	}
	return g
}

// masks are the classes of the words of a text.
func masks(t testing.TB, g *pattern.Grammar, text string) (words []string, out []pattern.Mask) {
	t.Helper()
	comma, err := g.Class("COMMA")
	if err != nil {
		t.Fatal(err)
	}
	tokens := phrase.Tokens(text)
	for i, tok := range tokens {
		_, m := g.At(text, tokens, i)
		if text[tok.Start:tok.End] == "," {
			m = pattern.Of(comma)
		}
		words, out = append(words, text[tok.Start:tok.End]), append(out, m)
	}
	return words, out
}

func TestAll(t *testing.T) {
	tests := []struct{ name, pattern, text, want string }{
		{"words and classes", "attribut* to STATE", "we attributed to china", "attributed to china"},
		{"any word", "we . STATE", "we saw china", "we saw china"},
		{"as many", "STATE .* STATE", "china x iran y russia", "china x iran y russia"},
		{"as few", "STATE .*? STATE", "china x iran y russia", "china x iran"},
		{"counts", "a{2,3}", "a a a a a", "a a a;a a"},
		{"counts, as few", "a{2,3}?", "a a a a a", "a a;a a"},
		{"not", "VERB [^STATE]{0,2} STATE", "attribute x y china", "attribute x y china"},
		{"not, refused", "VERB [^STATE x]{0,2} STATE", "attribute x y china", ""},
		{"either, in order", "(a | a b) c?", "a b c", "a"},
		{"a part", "LIST VERB", "china, russia and iran attribute", "china , russia and iran attribute"},
		{"remembered", "by(LIST) VERB (.*? to whom(STATE))?", "china and iran attribute it to russia", "china and iran attribute it to russia by=china and iran whom=russia"},
		{"before", "<[^against] STATE", "against china by iran", "iran"},
		{"after", "STATE >[VERB]", "china and iran attribute", "iran"},
		{"a repeated name", "by(STATE) (and by(STATE))?", "china and iran", "china and iran by=china by=iran"},
		{"optional in optional", "(a? b?)* c", "a b a c", "a b a c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := grammar(t)
			p, err := g.Compile(tt.pattern)
			if err != nil {
				t.Fatal(err)
			}
			words, m := masks(t, g, tt.text)
			var got []string
			for _, match := range p.All(m) {
				s := strings.Join(words[match.Start:match.End], " ")
				for _, c := range match.Captures {
					s += fmt.Sprintf(" %s=%s", c.Name, strings.Join(words[c.Start:c.End], " "))
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, ";")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                  "column 1: something is missing",
		"a (b":              "column 5: a ) is missing",
		"a )":               `column 3: ")" is not expected here`,
		"NOWHERE":           "column 8: there is no class or part NOWHERE",
		"[LIST]":            "column 6: LIST is a part, not a class of words",
		"[a":                "column 3: a ] or a name is missing",
		"a{3,1}":            "column 2: {m,n} needs 0 <= m <= n <= 50",
		"a{1":               "column 2: a } is missing",
		"< a":               `column 3: a set in [ ] must follow "<"`,
		"a | ":              "column 5: something is missing",
		"((.{50}){50}){50}": "the pattern is too large",
	} {
		_, err := grammar(t).Compile(text)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Compile(%q): %v, want %s", text, err, want)
		}
	}
}

// TestLinear runs a pattern that makes naive backtracking explode.
func TestLinear(t *testing.T) {
	g := grammar(t)
	p, err := g.Compile("((a)* (a)*)* ((a)* (a)*)* b")
	if err != nil {
		t.Fatal(err)
	}
	_, m := masks(t, g, strings.Repeat("a ", 3000))
	start := time.Now()
	if found := p.All(m); len(found) != 0 {
		t.Fatalf("found %v", found)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestMatchesLie checks for any pattern and text that matches lie in the text,
// in order, and captures in matches.
func TestMatchesLie(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g := grammar(t)
		item := rapid.SampledFrom([]string{"a", "b", ".", "STATE", "(a | b)", "[^a]", "x(a b?)", "<[^b]", ">[a b]", "(a? | b)"})
		count := rapid.SampledFrom([]string{"", "", "?", "*", "+", "{1,3}", "*?", "??"})
		var parts []string
		for range rapid.IntRange(1, 5).Draw(r, "items") {
			i := item.Draw(r, "item")
			if strings.ContainsAny(i[:1], "<>") {
				parts = append(parts, i)
				continue
			}
			parts = append(parts, i+count.Draw(r, "count"))
		}
		p, err := g.Compile(strings.Join(parts, " "))
		if err != nil {
			r.Fatal(err)
		}
		_, m := masks(t, g, strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "china", "x"}), 0, 20).Draw(r, "text"), " "))
		end := 0
		for _, match := range p.All(m) {
			if match.Start < end && match.Start != match.End || match.End < match.Start || match.End > len(m) {
				r.Fatalf("match %v in %d words after %d", match, len(m), end)
			}
			end = match.End
			for _, c := range match.Captures {
				if c.Start < match.Start || c.End > match.End || c.End < c.Start {
					r.Fatalf("capture %v outside %v", c, match)
				}
			}
		}
	})
}

// TestLikeRegexp checks that the first match is the one that a regular expression of
// the same form finds, in texts of one word and of a hundred.
func TestLikeRegexp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		items := map[string]string{"a": "a", "b": "b", ".": ".", "(a | b c)": "(?:a|bc)", "[^a]": "[^a]", "[a b]": "[ab]", "SHORT": "(?:ab?c)"}
		names := slices.Sorted(maps.Keys(items))
		g := grammar(t)
		if err := g.Let("SHORT", "a b? c"); err != nil {
			r.Fatal(err)
		}
		var ours, theirs string
		for range rapid.IntRange(1, 6).Draw(r, "items") {
			item := rapid.SampledFrom(names).Draw(r, "item")
			count := rapid.SampledFrom([]string{"", "", "?", "*", "+", "{1,3}", "{0,8}?", "*?", "??"}).Draw(r, "count")
			ours += " (" + item + ")" + count // not "a*", which is a word
			theirs += items[item] + count
		}
		p, err := g.Compile(ours)
		if err != nil {
			r.Fatal(err)
		}
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "x"}), 1, 150).Draw(r, "words")
		_, m := masks(t, g, strings.Join(words, " "))
		var got []int
		if found := p.All(m); len(found) > 0 {
			got = []int{found[0].Start, found[0].End}
		}
		if want := regexp.MustCompile(theirs).FindStringIndex(strings.Join(words, "")); !slices.Equal(got, want) {
			r.Fatalf("%s in %s: %v, want %v", ours, words, got, want)
		}
	})
}

// TestPartsBesideEachOther asks one part for places again while an earlier answer is still
// in use.
func TestPartsBesideEachOther(t *testing.T) {
	g := grammar(t)
	if err := g.Let("SHORT", "a b? c"); err != nil {
		t.Fatal(err)
	}
	p, err := g.Compile("(a | b c) (a | b c)? SHORT? SHORT+ (a | b c) (a | b c)?")
	if err != nil {
		t.Fatal(err)
	}
	_, m := masks(t, g, "a a c a")
	if found := p.All(m); len(found) != 1 || found[0].Start != 0 || found[0].End != 4 {
		t.Errorf("found %v, want one match from 0 to 4", found)
	}
}

// TestFarWords looks at the words beside where sets of places cross a border.
func TestFarWords(t *testing.T) {
	g := grammar(t)
	p, err := g.Compile("<[against] STATE >[VERB] .{0,3}? iran")
	if err != nil {
		t.Fatal(err)
	}
	for before := range 140 {
		words, m := masks(t, g, strings.Repeat("x ", before)+"against china attributes it to iran")
		found := p.All(m)
		if len(found) != 1 || found[0].Start != before+1 || found[0].End != len(words) {
			t.Errorf("behind %d words: %v", before, found)
		}
	}
}

// TestIndex checks that an index passes over no pattern that matches.
func TestIndex(t *testing.T) {
	g := grammar(t)
	var patterns []*pattern.Pattern
	for _, text := range []string{"a", "b c", "a | b", "(a | c) STATE", "(x)*", "[^a] b", "LIST a", "b{2,3} c?", "VERB"} {
		p, err := g.Compile(text)
		if err != nil {
			t.Fatal(err)
		}
		patterns = append(patterns, p)
	}
	index := pattern.NewIndex(patterns)
	every := index.None()
	every.Add(0, len(patterns))
	rapid.Check(t, func(r *rapid.T) {
		_, m := masks(t, g, strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "x", "china", "attribute"}), 1, 6).Draw(r, "words"), " "))
		var present pattern.Mask
		for _, w := range m {
			present = present.Or(w)
		}
		left := rapid.IntRange(0, len(patterns)-1).Draw(r, "left out")
		among, out := slices.Clone(every), index.None()
		out.Add(left, left+1)
		among.Remove(out)
		possible := index.Possible(present, among)
		if !slices.IsSorted(possible) {
			r.Fatalf("%v are not in order", possible)
		}
		for n, p := range patterns {
			if n == left && slices.Contains(possible, n) {
				r.Fatalf("pattern %d is among %v though nobody asked for it", n, possible)
			}
			if n != left && len(p.All(m)) > 0 && !slices.Contains(possible, n) {
				r.Fatalf("pattern %d matches but is not among %v", n, possible)
			}
		}
	})
	if got := index.Possible(pattern.Mask{}, every); !slices.Equal(got, []int{4}) {
		t.Errorf("without words %v could match, want only the pattern that needs none", got)
	}
}
