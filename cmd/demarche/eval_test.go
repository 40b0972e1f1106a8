package main

import (
	"os"
	"testing"

	"demarche/index"
	"demarche/index/eval"
)

// TestLabelledStatements holds the scores of all labelled statements together to what was
// promised of them: at least these precisions and recalls.
func TestLabelledStatements(t *testing.T) {
	const folder = "../../../shared/gold"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the labelled statements are absent (../shared/gold): put the folder shared beside the project")
	}
	gold, err := eval.Read(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	words, err := index.LoadLexicon("")
	if err != nil {
		t.Fatal(err)
	}
	report, err := evaluate(t.Context(), folder, gold, words)
	if err != nil {
		t.Fatal(err)
	}
	floors := map[eval.Measure]struct{ precision, recall float64 }{
		eval.Paragraphs: {0.97, 0.97},
		eval.States:     {0.95, 0.90},
		eval.Dates:      {0.97, 0.97},
		eval.Actors:     {0.90, 0.90},
	}
	seen := 0
	for _, s := range report.Scores {
		floor, ok := floors[s.Measure]
		if !ok || s.Lang != "" || s.Publisher != "" {
			continue
		}
		seen++
		if s.Precision() < floor.precision || s.Recall() < floor.recall {
			t.Errorf("%s: precision %.3f, recall %.3f, at least %.2f and %.2f are promised", titles[s.Measure], s.Precision(), s.Recall(), floor.precision, floor.recall)
		}
	}
	if seen != len(floors) {
		t.Errorf("%d of %d measures are in the report", seen, len(floors))
	}
}
