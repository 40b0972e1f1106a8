package annotate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/annotate/pattern"
	"demarche/index/phrase"
)

// bare is the sentence without what stands between its parts and says neither who
// nor what: adverbs, dates, names of persons, asides between commas, brackets or
// dashes. "The service, working through front companies, has since 2019 repeatedly
// attacked" becomes "The service has attacked". It is nil where there is nothing to
// leave out. Patterns are tried on the sentence as it stands first.
func (l *language) bare(p *passage, s *sentence) *sentence {
	text := p.text
	skip := make([]bool, len(s.symbols))
	l.passAsides(text, s, skip)
	l.passWords(text, s, skip)
	if !slices.Contains(skip, true) {
		return nil
	}
	out := p.room.sentence(len(skip))
	for i, symbol := range s.symbols {
		if skip[i] {
			continue
		}
		out.symbols = append(out.symbols, symbol)
		out.masks = append(out.masks, s.masks[i])
		out.present = out.present.Or(s.masks[i])
	}
	return out
}

// longestAside is in symbols: beyond it a comma belongs to something else.
const longestAside = 24

// passAsides marks asides with the marks around them.
func (l *language) passAsides(text string, s *sentence, skip []bool) {
	for i := 1; i < len(s.symbols); i++ {
		if !s.masks[i].Has(l.class.comma) {
			continue
		}
		for j := i + 2; j < min(len(s.symbols), i+longestAside); j++ {
			if s.masks[j].Has(l.class.stop) {
				break
			}
			if !s.masks[j].Has(l.class.comma) || !closes(text, s, i, j) || l.lists(s, j) {
				continue
			}
			if bracketed(text, s, i) || l.aside(text, s, i+1, j) {
				for k := i; k <= j; k++ {
					skip[k] = true
				}
				i = j
			}
			break
		}
	}
}

// lists reports whether the mark at j parts the names of a list: "in Latvia, Poland and".
func (l *language) lists(s *sentence, j int) bool {
	names := pattern.Of(l.class.state, l.class.place, l.class.adjective)
	return j+2 < len(s.masks) && s.masks[j-1].Meets(names) && s.masks[j+1].Meets(names) && s.masks[j+2].Meets(pattern.Of(l.class.and, l.class.comma))
}

// closes reports whether the mark at j can close an aside that the mark at i opens.
func closes(text string, s *sentence, i, j int) bool {
	open, shut := marked(text, s, i), marked(text, s, j)
	switch open {
	case "(":
		return shut == ")"
	case ",":
		return shut == ","
	}
	return open == shut && open != ")"
}

func bracketed(text string, s *sentence, i int) bool { return marked(text, s, i) != "," }

func marked(text string, s *sentence, i int) string {
	return text[s.symbols[i].span.Start:s.symbols[i].span.End]
}

// aside reports whether the symbols of a range are an aside between commas, not a
// member of a list: they begin with a preposition, a relative, a verb of saying or a participle, or
// with an article and go on.
func (l *language) aside(text string, s *sentence, from, to int) bool {
	first := s.masks[from]
	word := phrase.Fold(marked(text, s, from))
	switch {
	case first.Meets(pattern.Of(l.class.preposition, l.class.relative, l.class.passing, l.class.saying, l.class.alongside)):
		return true
	case first.Has(l.class.and):
		return false
	case l.code == "en" && (strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ed")):
		return true
	}
	return to-from > 2 && first.Has(l.class.article)
}

// passWords marks adverbs, dates, names of persons and where things are.
func (l *language) passWords(text string, s *sentence, skip []bool) {
	for i := 1; i+1 < len(s.symbols); i++ {
		switch mask := s.masks[i]; {
		case skip[i]:
		case mask.Has(l.class.passing), mask == (pattern.Mask{}) && l.adverb(marked(text, s, i)):
			skip[i] = true
		case l.located(text, s, i) > 0:
			for n := l.located(text, s, i); n > 0; n-- {
				skip[i+n-1] = true
			}
		case mask.Has(l.class.when), mask.Has(l.class.number) && year(marked(text, s, i)):
			l.passDate(s, skip, i)
		case capital(text, s, i) && mask == (pattern.Mask{}) && l.person(text, s, i):
			for ; capital(text, s, i) && s.masks[i] == (pattern.Mask{}); i++ {
				skip[i] = true
			}
			i--
		}
	}
}

// located is how many symbols from i on say in English where a thing is, as in "an exchange
// in Oslo"; 0 for none. Where people are may be whose they are.
func (l *language) located(text string, s *sentence, i int) int {
	k := l.class
	if l.code != "en" || !s.masks[i].Has(k.preposition) || !s.masks[i-1].Has(k.object) || s.masks[i-1].Meets(pattern.Of(k.organ, k.person, k.hacker)) || !strings.EqualFold(marked(text, s, i), "in") {
		return 0
	}
	end := l.place(s, i+1)
	if end < 0 {
		return 0
	}
	for last := end; s.masks[last].Meets(pattern.Of(k.comma, k.and)); {
		and := s.masks[last].Has(k.and)
		if last = l.place(s, last+1); last < 0 {
			break
		}
		if and || s.masks[last].Has(k.comma) && l.place(s, last+1) < 0 {
			end = last // "in Brazil, India and Peru"; "in Bergen, Norway,"
		}
	}
	if s.masks[end].Has(k.possessive) {
		return 0
	}
	return end - i
}

// place is the symbol behind a state or place at i, with an article or not; -1 where none
// is.
func (l *language) place(s *sentence, i int) int {
	if i < len(s.masks)-1 && s.masks[i].Has(l.class.article) {
		i++
	}
	if i >= len(s.masks)-1 || !s.masks[i].Meets(pattern.Of(l.class.state, l.class.place)) {
		return -1
	}
	return i + 1
}

// adverb reports whether a word that no class knows has the shape of an adverb.
func (l *language) adverb(word string) bool {
	switch l.code {
	case "en":
		return strings.HasSuffix(word, "ly")
	case "fr":
		return strings.HasSuffix(word, "ement") || strings.HasSuffix(word, "amment")
	}
	return false
}

// passDate marks a word of time with the numbers around it and the preposition
// before.
func (l *language) passDate(s *sentence, skip []bool, at int) {
	from, to := at, at+1
	for from > 1 && s.masks[from-1].Has(l.class.number) {
		from--
	}
	if s.masks[from-1].Has(l.class.preposition) {
		from--
	}
	for s.masks[to].Has(l.class.number) {
		to++
	}
	for i := from; i < to; i++ {
		skip[i] = true
	}
}

// person reports whether a name of two words or more begins at i that no state or
// body stands right before, or one word behind an office.
func (l *language) person(text string, s *sentence, i int) bool {
	names := pattern.Of(l.class.state, l.class.adjective, l.class.place, l.class.body, l.class.group)
	if s.masks[i-1].Meets(names) || s.masks[i-1].Has(l.class.edge) {
		return false
	}
	return s.masks[i-1].Has(l.class.post) || capital(text, s, i+1) && s.masks[i+1] == (pattern.Mask{})
}

func capital(text string, s *sentence, i int) bool {
	r, _ := utf8.DecodeRuneInString(marked(text, s, i))
	return unicode.IsUpper(r)
}

// year reports whether a number looks like a year of our time.
func year(word string) bool {
	return len(word) == 4 && (word[:2] == "19" || word[:2] == "20")
}
