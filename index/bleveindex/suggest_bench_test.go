package bleveindex

import "testing"

// BenchmarkSuggest times what is asked while a reader types, each answer of which has
// to be there before the next letter: similar words and completions. Goal: 50 ms.
func BenchmarkSuggest(b *testing.B) {
	e := newOurs(b, b.TempDir(), large(b, wordParagraphs))
	if _, err := e.Similar(b.Context(), "wait"); err != nil { // until the vocabulary is filled
		b.Fatal(err)
	}
	for _, word := range []string{"behavoiur", "internationall", "pease", "Киберпространтво"} {
		b.Run("similar/"+word, func(b *testing.B) {
			for b.Loop() {
				if found, err := e.Similar(b.Context(), word); err != nil || len(found) == 0 {
					b.Fatal(found, err)
				}
			}
		})
	}
	for _, text := range []string{"co", "по", "norms beha", "responsible st"} {
		b.Run("complete/"+text, func(b *testing.B) {
			for b.Loop() {
				if found, err := e.Complete(b.Context(), text); err != nil || len(found) == 0 {
					b.Fatal(found, err)
				}
			}
		})
	}
}
