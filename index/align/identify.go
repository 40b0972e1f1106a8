package align

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"demarche/index/phrase"
	"demarche/search"
)

// A statement ID ends in so many hexadecimal digits of a digest of its text,
// more where two would be alike.
const idDigits = 4

// passages joins the paragraphs of versions that are one passage: each version
// is aligned with the first, and paragraphs aligned with the same one, directly
// or through a merged one, are one passage. Passage holds the place of the
// first paragraph of the passage for now, as "p4", or "fr.p4" where the first
// version has none.
func passages(editions []*edition, s *search.Statement) {
	if len(editions) == 0 {
		return
	}
	first := combined(editions[0], &s.Versions[0])
	groups := newUnion(len(first.paragraphs))
	joined := make([][]int, len(editions)) // paragraph of a version: one of the first, or -1
	for v := 1; v < len(editions); v++ {
		other := combined(editions[v], &s.Versions[v])
		joined[v] = slices.Repeat([]int{-1}, len(other.paragraphs))
		for _, b := range pair(first, other) {
			for i := b.from[0]; i < b.from[1]; i++ {
				groups.join(b.from[0], i, b.to[0] < b.to[1])
			}
			for j := b.to[0]; j < b.to[1] && b.from[0] < b.from[1]; j++ {
				joined[v][j] = b.from[0]
			}
		}
	}
	for v := range editions {
		lang, paragraphs := editions[v].lang, s.Versions[v].Paragraphs
		for i := range paragraphs {
			switch {
			case v == 0:
				paragraphs[i].Passage = fmt.Sprintf("p%d", groups.find(i)+1)
			case joined[v][i] >= 0:
				paragraphs[i].Passage = fmt.Sprintf("p%d", groups.find(joined[v][i])+1)
			default:
				paragraphs[i].Passage = fmt.Sprintf("%s.p%d", lang, i+1)
			}
		}
	}
}

// combined is an item of all texts of an edition.
func combined(e *edition, v *search.Version) *item {
	if len(e.texts) == 1 {
		return e.texts[0]
	}
	it := &item{lang: e.lang, paragraphs: v.Paragraphs}
	it.measure()
	return it
}

// union joins numbers to groups, each known by its lowest number.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		i = u[i]
	}
	return i
}

func (u union) join(i, j int, really bool) {
	if i, j = u.find(i), u.find(j); really && i != j {
		u[max(i, j)] = min(i, j)
	}
}

// identify gives statements, paragraphs and passages their IDs. keys are the
// declared ones, "" where there is none.
func identify(statements []search.Statement, keys []string) {
	ids := make([]string, len(statements))
	var derived []int
	for i := range statements {
		if ids[i] = slug(keys[i]); ids[i] == "" {
			derived = append(derived, i)
		}
	}
	derive(statements, ids, derived, idDigits)
	unique(ids)
	for i := range statements {
		number(&statements[i], ids[i])
	}
}

// derive makes IDs of issuer, date and a digest of the text. Only statements
// that would have the same ID get more digits, so that a new statement changes
// no other's; in those of the same words the title tells.
func derive(statements []search.Statement, ids []string, which []int, digits int) {
	alike, texts := map[string][]int{}, make(map[int]string, len(which))
	for _, i := range which {
		texts[i] = digest(&statements[i], "")
		ids[i] = stem(&statements[i]) + "-" + texts[i][:digits]
		alike[ids[i]] = append(alike[ids[i]], i)
	}
	for _, clash := range alike {
		if slices.ContainsFunc(clash, func(i int) bool { return texts[i] != texts[clash[0]] }) {
			derive(statements, ids, clash, min(2*digits, 2*sha256.Size))
			continue
		}
		for _, i := range clash {
			if len(clash) > 1 {
				ids[i] = stem(&statements[i]) + "-" + digest(&statements[i], statements[i].Title)[:digits]
			}
		}
	}
}

// unique adds a number to IDs that are the same still: statements of the same
// words that the metadata tells apart.
func unique(ids []string) {
	seen := map[string]int{}
	for i, id := range ids {
		if seen[id]++; seen[id] > 1 {
			ids[i] = fmt.Sprintf("%s-%d", id, seen[id])
		}
	}
}

// stem is the readable part of an ID: "nato-2021-07-19".
func stem(s *search.Statement) string {
	issuer := "statement"
	if len(s.Actors) > 0 {
		issuer = cmp.Or(slug(s.Actors[0].ID), issuer)
	}
	return issuer + "-" + cmp.Or(string(s.Date), "undated")
}

// digest is the hexadecimal digest of a title and of the words of the first
// version.
func digest(s *search.Statement, title string) string {
	h := sha256.New()
	h.Write([]byte(title))
	for _, p := range s.Versions[0].Paragraphs {
		for _, t := range phrase.Tokens(p.Text) {
			if t.Kind != phrase.Mark {
				h.Write([]byte(phrase.Fold(p.Text[t.Start:t.End]) + " "))
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// slug is a text in small letters, digits and single hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range phrase.Fold(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// number gives a statement its ID, and its paragraphs and passages theirs.
func number(s *search.Statement, id string) {
	s.ID = id
	for _, v := range s.Versions {
		for i := range v.Paragraphs {
			p := &v.Paragraphs[i]
			p.ID = fmt.Sprintf("%s.%s.%d", id, v.Lang, p.Position)
			p.Passage = id + "." + p.Passage
		}
	}
}
