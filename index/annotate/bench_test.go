package annotate_test

import (
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"

	"demarche/index/corpus"
	"demarche/index/segment"
	"demarche/search"
)

// BenchmarkSentences reads the sentences of the rule cases, which name a state and
// an act in nearly every one: no statement is slower.
func BenchmarkSentences(b *testing.B) {
	for _, lang := range search.Languages {
		b.Run(lang, func(b *testing.B) { annotateAll(b, []segment.Document{inOneVersion(lang, sentences(b, lang))}) })
	}
}

// BenchmarkStatements reads whole statements: those that ship, and those that are
// labelled where they are at hand. On one core it must be 5 MB of text a second or
// more.
func BenchmarkStatements(b *testing.B) {
	for name, files := range map[string]fs.FS{"shipped": corpus.Files, "labelled": os.DirFS(gold + "/texts")} {
		b.Run(name, func(b *testing.B) {
			documents := readDocuments(b, files)
			if len(documents) == 0 {
				b.Skip("the labelled statements are absent (../shared/gold/texts): put the folder shared beside the project")
			}
			annotateAll(b, documents)
		})
	}
}

func annotateAll(b *testing.B, documents []segment.Document) {
	a := annotator(b)
	b.SetBytes(int64(size(documents)))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range documents {
			a.Annotate(d)
		}
	}
}

func size(documents []segment.Document) (bytes int) {
	for _, d := range documents {
		for _, p := range d.Versions[0].Paragraphs {
			bytes += len(p.Text)
		}
	}
	return bytes
}

func inOneVersion(lang string, texts []string) segment.Document {
	return segment.Document{Versions: []segment.Version{version(lang, "", texts...)}}
}

// readDocuments cuts text files into paragraphs, simply, and tells their language
// by their letters.
func readDocuments(b testing.TB, files fs.FS) (documents []segment.Document) {
	names, _ := fs.Glob(files, "*.txt")
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			b.Fatal(err)
		}
		var texts []string
		for text := range strings.SplitSeq(string(content), "\n\n") {
			texts = append(texts, strings.Join(strings.Fields(text), " "))
		}
		lang := "en"
		if strings.Count(string(content), "и") > len(content)/50 {
			lang = "ru"
		} else if strings.Count(string(content), "é") > len(content)/200 {
			lang = "fr"
		}
		documents = append(documents, inOneVersion(lang, texts))
	}
	return documents
}

// TestMemoryStaysFlat reads the same statements many times over: what is held
// afterwards does not grow with their number.
func TestMemoryStaysFlat(t *testing.T) {
	const rounds = 40
	a := annotator(t)
	documents := readDocuments(t, corpus.Files)
	held := func(rounds int) uint64 {
		for range rounds {
			for _, d := range documents {
				a.Annotate(d)
			}
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	first, last := held(2), held(rounds)
	if grown := int64(last) - int64(first); grown > int64(size(documents)) {
		t.Errorf("%d bytes more are held after %d rounds than after two; the statements are %d bytes", grown, rounds, size(documents))
	}
	runtime.KeepAlive(a)
}
