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
	idf float64
	// lengthWeight is k1 · b by the average number of terms in a paragraph; 0
	// where there are none.
	lengthWeight float64
}

// newBM25 is for a term that occurs in documents of those that l counts.
func newBM25(l fieldLength, documents int) bm25 {
	if l.Documents == 0 {
		return bm25{}
	}
	n, df := float64(l.Documents), float64(min(documents, l.Documents))
	return bm25{
		idf:          math.Log(1 + (n-df+0.5)/(df+0.5)),
		lengthWeight: bm25K1 * bm25B / max(1, float64(l.Terms)/n),
	}
}

// score is that of a paragraph in which the term occurs frequency times. norm
// is what Bleve keeps of its length: one by the square root of its terms.
//
// This is idf · tf · (k1+1) / (tf + k1 · (1 - b + b · length/average)), with
// length = 1/norm², put so that it divides once: it is done for every hit.
func (b bm25) score(frequency uint64, norm float64) float64 {
	if frequency == 0 || b.lengthWeight == 0 {
		return 0
	}
	tf, norm2 := float64(frequency), norm*norm
	return b.idf * (bm25K1 + 1) * tf * norm2 / ((tf+bm25K1*(1-bm25B))*norm2 + b.lengthWeight)
}
