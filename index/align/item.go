package align

import (
	"cmp"
	"slices"
	"strings"

	"demarche/index/annotate"
	"demarche/index/phrase"
	"demarche/search"
)

// item is a version of one file, with what it is compared by.
type item struct {
	draft      *annotate.Draft
	notes      annotate.Notes
	file, lang string
	paragraphs []search.Paragraph
	// chars is the length of each paragraph in characters, total their sum.
	chars []int
	total int
	// anchors are what each paragraph holds that survives translation.
	anchors []bag
	whole   bag
	// shingles are the hashes of all runs of three words, sorted.
	shingles []uint64
}

// bag counts anchors: "#2019" for a number, "@RU" for a name of the gazetteer,
// "~tln" for the sound of a capitalised or foreign word.
type bag map[string]int

// items makes an item of every version, in an order that does not depend on
// that of the drafts.
func items(drafts []annotate.Draft) []*item {
	var out []*item
	for i := range drafts {
		d := &drafts[i]
		for k, v := range d.Document.Versions {
			it := &item{draft: d, notes: d.Notes[k], file: d.Document.Source.File, lang: v.Lang, paragraphs: v.Paragraphs}
			it.measure()
			out = append(out, it)
		}
	}
	slices.SortStableFunc(out, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(langRank(a.lang), langRank(b.lang)), cmp.Compare(a.lang, b.lang))
	})
	return out
}

// langRank orders languages as versions are shown.
func langRank(lang string) int {
	if i := slices.Index(search.Languages, lang); i >= 0 {
		return i
	}
	return len(search.Languages)
}

func (it *item) measure() {
	it.whole = bag{}
	var words []string
	for _, p := range it.paragraphs {
		n := len([]rune(p.Text))
		it.chars, it.total = append(it.chars, n), it.total+n
		tokens := phrase.Tokens(p.Text)
		b := bag{}
		for _, id := range p.Mentions {
			b["@"+id]++
		}
		for i, t := range tokens {
			if t.Kind == phrase.Mark {
				continue
			}
			word := phrase.Fold(p.Text[t.Start:t.End])
			words = append(words, word)
			if a := anchor(it.lang, p.Text, tokens, i, word); a != "" {
				b[a]++
			}
		}
		it.anchors = append(it.anchors, b)
		for a, n := range b {
			it.whole[a] += n
		}
	}
	it.shingles = shingles(words)
}

// anchor is what the word at token i is compared by across languages; "" for
// most words. The first word of a sentence has a capital for no reason of its
// own.
func anchor(lang, text string, tokens []phrase.Token, i int, word string) string {
	t := tokens[i]
	if t.Kind == phrase.Number {
		if len(word) < 2 {
			return ""
		}
		return "#" + strings.TrimLeft(word, "0")
	}
	first := i == 0 || strings.ContainsAny(text[tokens[i-1].Start:tokens[i-1].End], ".!?:;«“\"")
	foreign := lang == "ru" && word[0] < 0x80
	if t.Case == phrase.Lower || first && !foreign {
		return ""
	}
	if s := sound(word); len(s) >= 3 {
		return "~" + s
	}
	return ""
}

// sound is the first three consonants of a folded word in Latin letters, which
// names keep in translation: Tallinn and Таллинский are both "tln". It is
// shorter where the word has fewer.
func sound(word string) string {
	const consonants = 3
	var b []byte
	for _, r := range word {
		for _, c := range []byte(letters[r]) {
			if len(b) == 0 || b[len(b)-1] != c {
				b = append(b, c)
			}
		}
		if len(b) >= consonants {
			return string(b[:consonants])
		}
	}
	return string(b)
}

// letters gives the consonants that a letter sounds like, roughly enough to be
// the same in three languages. Vowels have none.
var letters = map[rune]string{
	'b': "b", 'c': "k", 'd': "d", 'f': "f", 'g': "g", 'j': "g", 'k': "k", 'l': "l", 'm': "m", 'n': "n", 'p': "p",
	'q': "k", 'r': "r", 's': "s", 't': "t", 'v': "v", 'w': "v", 'x': "ks", 'z': "s",
	'б': "b", 'в': "v", 'г': "g", 'д': "d", 'ж': "g", 'з': "s", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'п': "p",
	'р': "r", 'с': "s", 'т': "t", 'ф': "f", 'ц': "k", 'ч': "k", 'ш': "s", 'щ': "s",
}
