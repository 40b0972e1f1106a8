package analysis

import (
	"slices"
	"strings"
)

// respelled is behind a stem that was taken of another spelling than the one the
// word is in. It is in no word, so such stems meet no others.
const respelled = "~"

// minBefore is the number of letters, one of them a vowel, before an ending that
// is spelled in two ways: "real-ise" has it, "s-ize" and "pr-ize" have not.
const minBefore = 3

// respeller brings words from one spelling to another. It changes the beginning
// and the end of a word, behind beginnings of words such as "un" too.
type respeller struct {
	whole, begin, end map[string]string
	// begins and ends are the keys of begin and end, the longest first.
	begins, ends []string
	// prefixes are beginnings behind which a word is spelled as it is alone.
	prefixes []string
}

// newRespellers reads the classes of spelling of a language: canonical brings a
// word to the first spelling of its class, other takes it from there.
func newRespellers(code string) (canonical, other *respeller) {
	canonical, other = newRespeller(), newRespeller()
	for line := range lines(code, "spelling.txt") {
		if len(line) == 2 && !strings.HasSuffix(line[0], "-") {
			canonical.add(line[1], line[0])
			other.add(line[0], line[1])
			continue
		}
		for _, prefix := range line {
			canonical.prefixes = append(canonical.prefixes, strings.TrimSuffix(prefix, "-"))
		}
	}
	other.prefixes = canonical.prefixes
	canonical.sort()
	other.sort()
	return canonical, other
}

func newRespeller() *respeller {
	return &respeller{whole: map[string]string{}, begin: map[string]string{}, end: map[string]string{}}
}

func (r *respeller) add(from, to string) {
	switch {
	case strings.HasSuffix(from, "*"):
		r.begin[strings.TrimSuffix(from, "*")] = strings.TrimSuffix(to, "*")
	case strings.HasPrefix(from, "*"):
		r.end[strings.TrimPrefix(from, "*")] = strings.TrimPrefix(to, "*")
	default:
		r.whole[from] = to
	}
}

func (r *respeller) sort() {
	for from := range r.begin {
		r.begins = append(r.begins, from)
	}
	for from := range r.end {
		r.ends = append(r.ends, from)
	}
	longest := func(a, b string) int { return len(b) - len(a) }
	slices.SortFunc(r.begins, longest)
	slices.SortFunc(r.ends, longest)
}

// respell is w in the other spelling; not ok where r knows none.
func (r *respeller) respell(w string) (changed string, ok bool) {
	if to, ok := r.whole[w]; ok {
		return to, true
	}
	changed = r.respellEnd(r.respellBeginning(w))
	if changed != w {
		return changed, true
	}
	for _, prefix := range r.prefixes {
		rest, has := strings.CutPrefix(w, prefix)
		if !has {
			continue
		}
		if to, ok := r.whole[rest]; ok {
			return prefix + to, true
		}
		if to := r.respellBeginning(rest); to != rest {
			return prefix + r.respellEnd(to), true
		}
	}
	return w, false
}

func (r *respeller) respellBeginning(w string) string {
	for _, from := range r.begins {
		if rest, ok := strings.CutPrefix(w, from); ok {
			return r.begin[from] + rest
		}
	}
	return w
}

func (r *respeller) respellEnd(w string) string {
	for _, from := range r.ends {
		rest, ok := strings.CutSuffix(w, from)
		if ok && len(rest) >= minBefore && strings.ContainsAny(rest, "aeiouy") {
			return rest + r.end[from]
		}
	}
	return w
}

// FirstSpelling is the stem that words have in the first spelling of their class, of
// the stem that they have in any.
func FirstSpelling(stem string) string { return strings.TrimSuffix(stem, respelled) }

// OtherStem is the stem that other spellings of the words with a stem have; not ok
// where no class of the language can have such words.
func OtherStem(lang, stem string) (other string, ok bool) {
	if first, ok := strings.CutSuffix(stem, respelled); ok {
		return first, true
	}
	return stem + respelled, languageOf(lang).hasSpellings(stem)
}

// hasSpellings reports whether a stem can be that of a class of spelling.
func (l *language) hasSpellings(stem string) bool {
	for end := range l.other.end {
		if i := strings.LastIndex(stem, end[:2]); i >= minBefore {
			return true
		}
	}
	known := l.classes()
	begins := func(root string) bool { return strings.HasPrefix(stem, root) }
	return known.whole[stem] || slices.ContainsFunc(known.begins, begins)
}

// classStems are the stems of the first spellings of classes.
type classStems struct {
	whole  map[string]bool
	begins []string
}

// classStems are those of words and beginnings, behind each prefix too.
func (l *language) classStems() classStems {
	known := classStems{whole: map[string]bool{}}
	for _, prefix := range append([]string{""}, l.other.prefixes...) {
		for from := range l.other.whole {
			known.whole[Fold(l.snowball(prefix+from))] = true
		}
		for _, from := range l.other.begins {
			known.begins = append(known.begins, Fold(l.snowball(prefix+from)))
		}
	}
	return known
}

// OtherSpelling is the other spelling of a folded word by the classes of its
// language; not ok where there is none. Where a class goes by endings the other
// spelling need not be one that anybody uses.
func OtherSpelling(lang, exact string) (spelling string, ok bool) {
	l := languageOf(lang)
	if w, ok := l.canonical.respell(exact); ok {
		return Fold(w), true
	}
	w, ok := l.other.respell(exact)
	return Fold(w), ok
}
