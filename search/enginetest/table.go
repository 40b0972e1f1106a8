package enginetest

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search"
)

// table runs the lines of testdata/table on the sentences of [sample.Wordings]: a
// request, "=>" and the names of the sentences that it finds.
func table(t *testing.T, e search.Engine) {
	files, err := fs.Glob(testdata, "testdata/table/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(testdata, file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			request, names, ok := strings.Cut(strings.TrimSpace(line), "=>")
			if ok && !strings.HasPrefix(request, "#") {
				checkFound(t, e, strings.TrimSpace(request), strings.Fields(names))
			}
		}
	}
}

func checkFound(t *testing.T, e search.Engine, request string, want []string) {
	t.Helper()
	r, err := readRequest(request)
	if err != nil {
		t.Errorf("%s: %v", request, err)
		return
	}
	got := []string{}
	for _, h := range answer(t, e, r).Hits {
		got = append(got, h.Paragraph.ID)
		checkSpans(t, request, h)
	}
	slices.Sort(got)
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: -want +got %v\n%s", request, got, d)
	}
}
