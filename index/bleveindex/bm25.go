package bleveindex

import "math"

// The parameters of BM25: k1 bounds what repetition adds, b is how much length
// takes away. They are the values most engines use.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// bm25 scores one term, or several that count as one. Bleve's own scorer is not
// used: it takes the square root of the frequency, multiplies by the inverse
// document frequency a second time inside conjunctions, and knows no number of
// documents for a language.
type bm25 struct {
	idf     float64
	average float64 // terms in a paragraph
}

// newBM25 is for a term that occurs in documents of those that l counts.
func newBM25(l fieldLength, documents int) bm25 {
	if l.Documents == 0 {
		return bm25{}
	}
	n, df := float64(l.Documents), float64(min(documents, l.Documents))
	return bm25{
		idf:     math.Log(1 + (n-df+0.5)/(df+0.5)),
		average: max(1, float64(l.Terms)/n),
	}
}

// score is that of a paragraph in which the term occurs frequency times. norm
// is what Bleve keeps of its length: one by the square root of its terms.
func (b bm25) score(frequency uint64, norm float64) float64 {
	if frequency == 0 || b.average == 0 {
		return 0
	}
	tf, length := float64(frequency), 1/(norm*norm)
	return b.idf * tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*length/b.average))
}
