package api_test

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"demarche/web/api"
)

var update = flag.Bool("update", false, "write openapi.yaml anew")

// TestDocument keeps openapi.yaml as the code has it: run with -update after a
// change, and read the difference.
func TestDocument(t *testing.T) {
	const file = "openapi.yaml"
	raw, err := json.Marshal(api.NewDocument())
	if err != nil {
		t.Fatal(err)
	}
	got, err := yaml.JSONToYAML(raw)
	if err != nil {
		t.Fatal(err)
	}
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

func TestDocumentIsOpenAPI(t *testing.T) {
	raw, err := json.Marshal(api.NewDocument())
	if err != nil {
		t.Fatal(err)
	}
	document, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(t.Context()); err != nil {
		t.Error(err)
	}
}
