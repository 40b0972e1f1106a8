package align

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
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
	// issuers are the states and bodies that issue it, titled those that its title
	// names, named both and those that the text names. All are sorted.
	issuers, titled, named []string
	names                  *gazetteer.Gazetteer
	family                 *family
}

// items makes an item of every version, in an order that does not depend on
// that of the drafts.
func items(ctx context.Context, drafts []annotate.Draft, g *gazetteer.Gazetteer) ([]*item, error) {
	var out []*item
	for i := range drafts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d := &drafts[i]
		for k, v := range d.Document.Versions {
			it := &item{draft: d, notes: d.Notes[k], file: d.Document.Source.File, lang: v.Lang, paragraphs: v.Paragraphs, names: g}
			it.measure()
			it.introduce()
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
			found = appendAnchors(found, it.lang, p.Text, tokens, i, word)
		}
		it.anchors = append(it.anchors, collect(found))
	}
	it.whole = join(it.anchors)
	it.shingles, it.digest = words.done()
}

// appendAnchors appends what the word at token i is compared by across languages;
// short words are not. The first word of a sentence has a capital for no reason of
// its own, and what has one in English may have none in Russian: the Internet,
// интернет. So a name is compared as any word, too.
func appendAnchors(to []anchor, lang, text string, tokens []phrase.Token, i int, word string) []anchor {
	t := tokens[i]
	if t.Kind == phrase.Number {
		if len(word) >= 2 {
			to = append(to, newAnchor(aNumber, strings.TrimLeft(word, "0")))
		}
		return to
	}
	s := sound(word, cognate)
	if len(s) == cognate {
		to = append(to, newAnchor(aCognate, s))
	}
	foreign := lang == "ru" && word[0] < 0x80
	if t.Case == phrase.Lower || opens(text, tokens, i) && !foreign || len(s) < name {
		return to
	}
	return append(to, newAnchor(aSound, s[:name]))
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
//
// Of doubled letters one sounds. What Latin writes "ti" before a vowel is ц in
// Russian: nation, нация.
func sound(word string, consonants int) string {
	var b []byte
	last := byte(0) // the sound right before; 0 after a vowel
	for i, r := range word {
		sounds := letters[r]
		switch rest := word[i:]; {
		case r == 't' && len(rest) > 2 && rest[1] == 'i' && strings.IndexByte("aeo", rest[2]) >= 0:
			sounds = letters['ц']
		case strings.HasPrefix(rest, "ph"):
			sounds = letters['f']
		case sounds == "":
			last = 0
		}
		for _, c := range []byte(sounds) {
			if c != last {
				b = append(b, c)
			}
			last = c
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
