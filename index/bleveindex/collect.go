package bleveindex

import (
	"cmp"
	"context"
	"slices"

	blevesearch "github.com/blevesearch/bleve/v2/search"

	"demarche/search"
)

// checkEvery is after how many hits a search looks whether its time is over.
const checkEvery = 1024

// A collector sees every paragraph that matches the query, once. It counts by
// profile those that the filters let pass and those they do not, and keeps the
// best.
type collector struct {
	columns *columns
	filters filters
	best    ranking
	// tiers are nil where scores do not matter.
	tiers *tiers

	counts []uint32 // paragraphs by profile
	// fails are by profile, for those that are seen.
	fails    []failures
	seen     []uint32 // profiles that match, in the order of their first paragraph
	passages bitset
}

func newCollector(c *columns, f filters, best ranking) *collector {
	return &collector{
		columns:  c,
		filters:  f,
		best:     best,
		counts:   make([]uint32, c.Profiles.count()),
		fails:    make([]failures, c.Profiles.count()),
		passages: newBitset(c.Passages),
	}
}

// A taker sees every paragraph that matches, once.
type taker interface {
	take(document uint32, score float64) error
}

// takeAll gives to all that s finds.
func takeAll(ctx context.Context, to taker, s blevesearch.Searcher, sc *blevesearch.SearchContext) error {
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m, err := s.Next(sc)
		if m == nil || err != nil {
			return err
		}
		if err := to.take(uint32(numberOf(m)), m.Score); err != nil {
			return err
		}
		sc.DocumentMatchPool.Put(m)
	}
}

// take counts a document. score is the sum of BM25 that it was found with.
func (k *collector) take(document uint32, score float64) error {
	profile := k.columns.Profile[document]
	if k.counts[profile] == 0 {
		k.seen = append(k.seen, profile)
		k.fails[profile] = k.filters.failures(profile)
	}
	k.counts[profile]++
	if k.fails[profile] != 0 {
		return nil
	}
	k.passages.set(k.columns.Passage[document])
	return k.rank(document, score)
}

// rank keeps a document if it is among the best. The score that is shown is below 1
// by words and the tier above; the tier, which takes reading positions, is asked for
// only where it can matter.
func (k *collector) rank(document uint32, score float64) error {
	score /= 1 + score
	if !k.best.wants(score + k.tiers.most()) {
		return nil
	}
	tier, err := k.tiers.of(document)
	k.best.take(candidate{score + tier, k.best.order.key(k.columns, document), document})
	return err
}

// passing are the profiles that pass all filters, with their paragraphs.
func (k *collector) passing(yield func(profile uint32, paragraphs int) bool) {
	for _, p := range k.seen {
		if k.fails[p] == 0 && !yield(p, int(k.counts[p])) {
			return
		}
	}
}

// survey returns the total of the hits and the languages they are in, from one
// walk over the profiles.
func (k *collector) survey() (search.Total, []string) {
	p := &k.columns.Profiles
	statement, lang := p.field("statement"), p.field("lang")
	statements, languages := newBitset(len(statement.Values)), newBitset(len(lang.Values))
	var langs []string
	t := search.Total{Passages: k.passages.count}
	for profile, paragraphs := range k.passing {
		t.Paragraphs += paragraphs
		statements.set(p.first(statement, profile) - statement.First)
		if n := p.first(lang, profile); languages.set(n - lang.First) {
			langs = append(langs, lang.value(n))
		}
	}
	t.Statements = statements.count
	return t, langs
}

// A candidate is a document that passes all filters.
type candidate struct {
	score    float64
	key      uint64 // see order; the lower is first
	document uint32
}

func (a candidate) compare(b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.key, b.key))
}

// An order turns the place of a document among those of equal score into a
// number: the place of its date in the high half, its rank in the low one.
type order []uint32 // places by number of the date

func newOrder(p *profiles, by search.Sort) order {
	places := make(order, len(p.Dates))
	known := len(p.Dates)
	if known > 0 && p.Dates[known-1] == "" {
		known--
		places[known] = uint32(known) // the unknown date is last in any order
	}
	for i := range known {
		places[i] = uint32(i)
		if by != search.Oldest {
			places[i] = uint32(known - 1 - i)
		}
	}
	return places
}

func (o order) key(c *columns, document uint32) uint64 {
	date := o[c.Profiles.Date[c.Profile[document]]]
	return uint64(date)<<32 | uint64(c.Rank[document])
}

// A ranking keeps the first candidates behind a cursor.
type ranking struct {
	order order
	size  int
	after *candidate // nil for the first page
	kept  []candidate
	// behind counts the candidates behind the cursor.
	behind int
}

// wants reports whether a candidate whose score is at most so high could be among
// the first, and counts it where it is known not to be. Most candidates end here.
func (r *ranking) wants(most float64) bool {
	counted := r.size == 0 && r.after == nil
	if counted || r.size > 0 && len(r.kept) == r.size && most < r.kept[r.size-1].score {
		r.behind++
		return false
	}
	return true
}

func (r *ranking) take(c candidate) {
	if r.after != nil && c.compare(*r.after) <= 0 {
		return
	}
	r.behind++
	if len(r.kept) == r.size {
		if r.size == 0 || c.compare(r.kept[r.size-1]) >= 0 {
			return
		}
		r.kept = r.kept[:r.size-1]
	}
	i, _ := slices.BinarySearchFunc(r.kept, c, candidate.compare)
	r.kept = slices.Insert(r.kept, i, c)
}

// more reports whether there are candidates behind those kept.
func (r *ranking) more() bool { return r.size > 0 && r.behind > r.size }

// A bitset is a set of small numbers that knows its size.
type bitset struct {
	words []uint64
	count int
}

func newBitset(n int) bitset { return bitset{words: make([]uint64, (n+63)/64)} }

// set adds n and reports whether it was new.
func (b *bitset) set(n uint32) bool {
	word, bit := &b.words[n/64], uint64(1)<<(n%64)
	if *word&bit != 0 {
		return false
	}
	*word |= bit
	b.count++
	return true
}
