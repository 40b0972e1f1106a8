package api_test

import (
	"encoding/json"
	"flag"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/goccy/go-yaml"

	"demarche/web/api"
)

var update = flag.Bool("update", false, "write openapi.yaml and testdata anew")

// TestDocument keeps openapi.yaml as the code has it: run with -update after a
// change, and read the difference.
func TestDocument(t *testing.T) {
	raw, err := json.Marshal(api.NewDocument())
	if err != nil {
		t.Fatal(err)
	}
	got, err := yaml.JSONToYAML(raw)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "openapi.yaml", got)
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
