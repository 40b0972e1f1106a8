package bleveindex

import (
	"math"
	"testing"
)

// TestBM25 compares scores with the formula as it is written in books.
func TestBM25(t *testing.T) {
	l := fieldLength{Documents: 1000, Terms: 50_000}
	for _, documents := range []int{1, 10, 999, 1000, 5000} {
		for _, frequency := range []uint64{1, 2, 30} {
			for _, length := range []float64{1, 50, 4000} {
				df, tf, average := math.Min(float64(documents), 1000), float64(frequency), 50.0
				want := math.Log(1+(1000-df+0.5)/(df+0.5)) * tf * 2.2 / (tf + 1.2*(1-0.75+0.75*length/average))
				got := newBM25(l, documents).score(frequency, 1/math.Sqrt(length))
				if math.Abs(got-want) > 1e-9*want {
					t.Errorf("%d documents, %d times, length %v: got %v, want %v", documents, frequency, length, got, want)
				}
			}
		}
	}
	if got := newBM25(fieldLength{}, 0).score(1, 1); got != 0 {
		t.Errorf("a field without text: %v", got)
	}
}
