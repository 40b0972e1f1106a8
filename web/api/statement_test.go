package api_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/search/sample"
	"demarche/web/api"
)

// TestStatement keeps the JSON of statements as users rely on it, a file each:
// run with -update after a change, and read the difference.
func TestStatement(t *testing.T) {
	for _, s := range sample.Statements() {
		got, err := json.MarshalIndent(api.NewStatement(&s, nil, "en"), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(got), "null") {
			t.Errorf("%s has a null where a list may be empty", s.ID)
		}
		golden(t, filepath.Join("testdata", s.ID+".json"), append(got, '\n'))
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-file +code); run go test ./web/api -update:\n%s", file, diff)
	}
}
