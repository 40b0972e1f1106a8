package annotate_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"demarche/index/annotate"
	"demarche/index/gazetteer"
	"demarche/index/segment"
	"demarche/search"
)

func TestLargeProbe(t *testing.T) {
	name, lang := os.Getenv("LARGE"), os.Getenv("LARGE_LANG")
	f, err := os.Open("../../../shared/large/" + name)
	if err != nil {
		t.Skip(err)
	}
	z, _ := gzip.NewReader(f)
	g, _ := gazetteer.Load()
	a := annotate.New(g)
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	bytes, took := 0, time.Duration(0)
	n := 0
	for in.Scan() && bytes < 40<<20 {
		var d struct {
			ID, Title, Text, Lang string
			Year                  int
			Country               string `json:"country_or_body"`
		}
		json.Unmarshal(in.Bytes(), &d)
		if name[0] == 'u' && d.Year < 2007 {
			continue
		}
		v := segment.Version{Lang: lang, Title: d.Title}
		for _, p := range strings.Split(d.Text, "\n\n") {
			v.Paragraphs = append(v.Paragraphs, search.Paragraph{Text: strings.Join(strings.Fields(p), " ")})
			bytes += len(p)
		}
		start := time.Now()
		draft := a.Annotate(segment.Document{Versions: []segment.Version{v}})
		took += time.Since(start)
		for _, p := range draft.Document.Versions[0].Paragraphs {
			for _, at := range p.Attributions {
				n++
				t.Logf("%s %s | %s %s [%s] %q", d.ID, d.Country, at.State, at.Assertions[0].Rule, at.Assertions[0].Stance, at.Assertions[0].Evidence.Text)
			}
		}
	}
	t.Logf("%d attributions, %d MB in %v: %.1f MB/s", n, bytes>>20, took, float64(bytes)/1e6/took.Seconds())
}
