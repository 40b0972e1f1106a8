package align

import (
	"cmp"
	"context"
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
	// shingles are the hashes of all runs of three words, sorted, each once.
	shingles []uint32
	// digest is the hash of all words in their order.
	digest uint64
	family *family
}

// items makes an item of every version, in an order that does not depend on
// that of the drafts.
func items(ctx context.Context, drafts []annotate.Draft) ([]*item, error) {
	var out []*item
	for i := range drafts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
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
	return out, nil
}

// langRank orders languages as versions are shown.
func langRank(lang string) int {
	if i := slices.Index(search.Languages, lang); i >= 0 {
		return i
	}
	return len(search.Languages)
}

func (it *item) measure() {
	var words shingler
	for _, p := range it.paragraphs {
		n := len([]rune(p.Text))
		it.chars, it.total = append(it.chars, n), it.total+n
		var found []anchor
		for _, id := range p.Mentions {
			found = append(found, newAnchor(aName, id))
		}
		tokens := phrase.Tokens(p.Text)
		for i, t := range tokens {
			if t.Kind == phrase.Mark {
				continue
			}
			word := phrase.Fold(p.Text[t.Start:t.End])
			words.add(word)
			if a, ok := anchorOf(it.lang, p.Text, tokens, i, word); ok {
				found = append(found, a)
			}
		}
		it.anchors = append(it.anchors, collect(found))
	}
	it.whole = join(it.anchors)
	it.shingles, it.digest = words.done()
}

// anchorOf is what the word at token i is compared by across languages; short
// words are not. The first word of a sentence has a capital for no reason of
// its own.
func anchorOf(lang, text string, tokens []phrase.Token, i int, word string) (a anchor, ok bool) {
	t := tokens[i]
	if t.Kind == phrase.Number {
		return newAnchor(aNumber, strings.TrimLeft(word, "0")), len(word) >= 2
	}
	foreign := lang == "ru" && word[0] < 0x80
	if t.Case == phrase.Lower || opens(text, tokens, i) && !foreign {
		s := sound(word, cognate)
		return newAnchor(aCognate, s), len(s) == cognate
	}
	s := sound(word, name)
	return newAnchor(aSound, s), len(s) == name
}

// So many consonants must be alike of names and of other words.
const (
	name    = 3
	cognate = 4
)

// opens reports whether the word at token i is the first of a sentence or a
// quotation.
func opens(text string, tokens []phrase.Token, i int) bool {
	return i == 0 || strings.ContainsAny(text[tokens[i-1].Start:tokens[i-1].End], ".!?:;«“\"")
}

// sound is the first consonants of a folded word in Latin letters, so many at
// most. Names keep them in translation, Tallinn and Таллинский are both "tln",
// and so do the cognates of which diplomatic language is full: infrastructure
// and инфраструктуры are both "nfrs" (Simard, Foster and Isabelle 1992).
func sound(word string, consonants int) string {
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
