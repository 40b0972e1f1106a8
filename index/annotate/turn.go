package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"demarche/index/gazetteer"
	"demarche/index/phrase"
)

// turn is a place of a paragraph where a transcript says that somebody begins to
// speak.
type turn struct {
	at    int  // byte
	asker bool // he asks: a journalist, somebody in the hall
	// of are the states and bodies for which he speaks by his label: "President of Iran:"
	of []string
}

// questionReach is for how many paragraphs a question goes on, where no label says
// who answers.
const questionReach = 5

// turns are the turns of a paragraph, in order.
func (l *language) turns(p *passage) []turn {
	var out []turn
	for i := range p.tokens {
		if !p.begins(i) {
			continue
		}
		if asker, ok := l.label(p, i); ok {
			out = append(out, turn{at: p.tokens[i].Start, asker: asker, of: l.holder(p, i)})
		}
	}
	return out
}

// begins reports whether a sentence may begin at token i, be it behind a dash ("… ? – Answer:").
func (p *passage) begins(i int) bool {
	if i > 1 && strings.Contains("–—", p.text[p.tokens[i-1].Start:p.tokens[i-1].End]) {
		i--
	}
	return i == 0 || beginsAfter(p.text, p.tokens[i-1])
}

// beginsAfter reports whether a sentence may begin behind a token.
func beginsAfter(text string, t phrase.Token) bool {
	return t.Kind == phrase.Mark && strings.Contains(".!?…»”\")]>*", text[t.Start:t.End])
}

// label reports whether a name of who speaks stands at token i ("MR. SMITH:",
// "Question (in French):"), and whether it is that of an asker, whom its last word
// tells: a press release asks nothing. A lone Q needs no colon, and a dash before a
// sentence is as good as one.
func (l *language) label(p *passage, i int) (asker, ok bool) {
	const longest = 16 // tokens: office and name, with a remark in brackets
	brackets := 0
	for j := i; j < min(len(p.tokens), i+longest); j++ {
		t := p.tokens[j]
		mark := p.text[t.Start:t.End]
		switch {
		case t.Kind == phrase.Number, mark == ":" && j == i:
			return false, false
		case mark == ":", j > i && p.dash(j):
			return asker, true
		case mark == "(" || mark == "[":
			brackets++
		case mark == ")" || mark == "]":
			brackets--
		case t.Kind == phrase.Mark && !strings.Contains(".,-’'*", mark):
			return false, false
		case t.Kind == phrase.Word && brackets == 0 && t.Case == phrase.Lower && !p.hyphened(j):
			return false, false
		case t.Kind == phrase.Word && brackets == 0:
			_, mask := l.grammar.At(p.text, p.tokens, j)
			asker = mask.Has(l.class.asker)
			if asker && j == i && bare(p, i) {
				return true, true
			}
		}
	}
	return false, false
}

// holder are the states and bodies whose office the label at token i names, before what
// begins as a sentence does: "MFA of Chad: no comment" is a headline.
func (l *language) holder(p *passage, i int) []string {
	end, office := i, false
	for ; end < len(p.tokens) && p.text[p.tokens[end].Start:p.tokens[end].End] != ":"; end++ {
		_, mask := l.word(p, end)
		office = office || mask.Has(l.class.post)
	}
	if !office || end+1 >= len(p.tokens) || p.tokens[end+1].Case == phrase.Lower {
		return nil
	}
	return partyIDs(slices.DeleteFunc(slices.Clone(p.names), func(n gazetteer.Match) bool { return n.First < i || n.First >= end }))
}

// voices are those for whom somebody speaks at a byte of a paragraph with these turns;
// before it, he speaks for these.
func voices(turns []turn, at int, of []string) []string {
	for _, t := range turns {
		if t.at > at {
			break
		}
		of = t.of
	}
	return of
}

// hyphened reports whether the word at i is the later part of one: "Porte-parole".
func (p *passage) hyphened(i int) bool {
	return i > 1 && !p.tokens[i].Spaced && p.text[p.tokens[i-1].Start:p.tokens[i-1].End] == "-"
}

// dash reports whether the token at i is a dash between spaces, with a capital behind.
func (p *passage) dash(i int) bool {
	if i+1 >= len(p.tokens) || !p.tokens[i].Spaced || !p.tokens[i+1].Spaced {
		return false
	}
	mark := p.text[p.tokens[i].Start:p.tokens[i].End]
	next := p.tokens[i+1]
	return (mark == "–" || mark == "—" || mark == "-") && next.Kind == phrase.Word && next.Case != phrase.Lower
}

// bare reports whether the word at i is a single letter and a sentence begins
// right behind it.
func bare(p *passage, i int) bool {
	t := p.tokens[i]
	if i+1 >= len(p.tokens) || utf8.RuneCountInString(p.text[t.Start:t.End]) != 1 {
		return false
	}
	next := p.tokens[i+1]
	return next.Spaced && (next.Kind == phrase.Word && next.Case != phrase.Lower || strings.Contains("([“\"", p.text[next.Start:next.End]))
}

// asks reports whether somebody else than the speaker asks at a byte of a paragraph
// with these turns; asking is whether he did so before it.
func asks(turns []turn, at int, asking bool) bool {
	for _, t := range turns {
		if t.at > at {
			break
		}
		asking = t.asker
	}
	return asking
}

// answers reports whether the speaker begins to speak behind a byte of a paragraph with these
// turns.
func answers(turns []turn, at int) bool {
	return slices.ContainsFunc(turns, func(t turn) bool { return t.at > at && !t.asker })
}

// after is context.asking behind a paragraph with these turns.
func (c context) after(turns []turn) int {
	switch {
	case len(turns) == 0:
		return max(0, c.asking-1)
	case turns[len(turns)-1].asker:
		return questionReach
	}
	return 0
}
