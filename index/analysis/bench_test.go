package analysis_test

import (
	"strings"
	"testing"

	"demarche/index/analysis"
)

var benchmarkTexts = map[string]string{
	"en": "Reaffirming NATO’s defensive mandate, the Alliance is determined to employ its full range of capabilities against cyber-attacks, in accordance with international law. ",
	"fr": "Réaffirmant le mandat défensif de l'OTAN, l’Alliance est déterminée à employer toute la gamme de ses capacités contre les cyberattaques, dans le respect du droit international. ",
	"ru": "Подтверждая оборонительный мандат НАТО, Союз полон решимости использовать весь свой потенциал против кибератак в соответствии с нормами международного права. ",
}

// BenchmarkTokens measures the hot path of a build: words seen before, and words
// that are all new.
func BenchmarkTokens(b *testing.B) {
	for lang, text := range benchmarkTexts {
		known := strings.Repeat(text, 4)
		b.Run(lang, func(b *testing.B) {
			n := 0
			b.SetBytes(int64(len(known)))
			for b.Loop() {
				n += len(analysis.Tokens(lang, known))
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// BenchmarkNewWords measures words that were not seen before.
func BenchmarkNewWords(b *testing.B) {
	for lang, text := range benchmarkTexts {
		words := strings.Fields(text)
		b.Run(lang, func(b *testing.B) {
			n := 0
			for i := 0; b.Loop(); i++ {
				// The letters at the end make a word that no one knows.
				word := words[i%len(words)] + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + string(rune('a'+i/17576%26))
				n += len(analysis.Tokens(lang, word))
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
