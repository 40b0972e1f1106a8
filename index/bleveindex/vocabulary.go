package bleveindex

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"demarche/index/plan"
)

// A vocabulary holds the exact words of the index in memory, some 25 bytes each, so
// that those like a word are found in milliseconds: reading them all from the
// dictionary takes a third of a second where there are 280,000 paragraphs. It is
// filled in the background when an index is opened.
type vocabulary struct {
	filled chan struct{} // closed at the end of filling
	err    error         // of filling
	stop   context.CancelFunc

	texts string      // of all words, in a row
	words []shortWord // by number of letters
	// first is the place in words of the first with so many letters.
	first [maxSimilarWord + plan.MaxDistance + 2]int
}

// A shortWord has few enough letters to be like one that is asked for.
type shortWord struct {
	start, paragraphs uint32
	letters           uint32 // a set, see lettersIn
	bytes, length     uint8  // length in letters
}

// lettersIn is the set of the letters of a word, of which some share a bit. An edit
// of one letter changes two bits at most, one of them gone and one new.
func lettersIn(word string) (set uint32) {
	for _, r := range word {
		set |= 1 << (r % 32)
	}
	return set
}

// fill reads the words of e until it is closed.
func (v *vocabulary) fill(e *Engine) {
	ctx, stop := context.WithCancel(context.Background())
	v.filled, v.stop = make(chan struct{}), stop
	go func() {
		defer close(v.filled)
		defer Faults(&v.err)()
		end, err := e.begin(ctx)
		if err == nil {
			defer end()
			err = v.read(ctx, e)
		}
		if ctx.Err() != nil {
			err = ErrClosed
		}
		v.err = err
	}()
}

// end stops filling.
func (v *vocabulary) end() {
	if v.stop != nil {
		v.stop()
		<-v.filled
	}
}

func (v *vocabulary) read(ctx context.Context, e *Engine) error {
	var texts strings.Builder
	err := e.eachWord(ctx, "", func(entry plan.Entry) {
		length := utf8.RuneCountInString(entry.Text)
		if length >= len(v.first)-1 {
			return
		}
		v.words = append(v.words, shortWord{
			start: uint32(texts.Len()), bytes: uint8(len(entry.Text)), length: uint8(length),
			paragraphs: uint32(entry.Paragraphs), letters: lettersIn(entry.Text),
		})
		texts.WriteString(entry.Text)
	})
	v.texts = texts.String()
	slices.SortStableFunc(v.words, func(a, b shortWord) int { return cmp.Compare(a.length, b.length) })
	for i := range v.first {
		v.first[i], _ = slices.BinarySearchFunc(v.words, i, func(w shortWord, length int) int { return cmp.Compare(int(w.length), length) })
	}
	return err
}

// like are the words that are like a folded one.
func (v *vocabulary) like(ctx context.Context, word string) (entries []plan.Entry, err error) {
	select {
	case <-v.filled:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	length, letters := utf8.RuneCountInString(word), lettersIn(word)
	from, to := v.first[max(0, length-plan.MaxDistance)], v.first[min(len(v.first)-1, length+plan.MaxDistance+1)]
	for _, w := range v.words[from:to] {
		if bits.OnesCount32(w.letters^letters) > 2*plan.MaxDistance {
			continue
		}
		text := v.texts[w.start : w.start+uint32(w.bytes)]
		if plan.IsSimilar(word, text) {
			entries = append(entries, plan.Entry{Text: text, Paragraphs: int(w.paragraphs)})
		}
	}
	return entries, v.err
}
