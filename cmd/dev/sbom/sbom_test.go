package sbom_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"demarche/cmd/dev/sbom"
)

type bill struct {
	BOMFormat, SpecVersion, SerialNumber string
	Version                              int
	Metadata                             struct{ Component part }
	Components                           []part
	Dependencies                         []struct {
		Ref       string
		DependsOn []string
	}
}

type part struct {
	Type, Name, Version, PURL, Description string
	Ref                                    string `json:"bom-ref"`
}

func info() *debug.BuildInfo {
	return &debug.BuildInfo{
		GoVersion: "go1.26.8", Path: "demarche/cmd/demarche", Main: debug.Module{Path: "demarche", Version: "(devel)"},
		Deps: []*debug.Module{
			{Path: "golang.org/x/text", Version: "v0.43.0", Sum: "h1:abc="},
			{Path: "example.org/own", Version: "v1.0.0", Replace: &debug.Module{Path: "./web/own"}},
			{Path: "example.org/old", Version: "v1.0.0", Replace: &debug.Module{Path: "example.org/fork", Version: "v2.0.0+incompatible"}},
		},
		Settings: []debug.BuildSetting{{Key: "CGO_ENABLED", Value: "0"}, {Key: "-trimpath", Value: "true"}},
	}
}

func write(t *testing.T, info *debug.BuildInfo) (string, bill) {
	t.Helper()
	var b bytes.Buffer
	if err := sbom.Write(&b, info); err != nil {
		t.Fatal(err)
	}
	var got bill
	d := json.NewDecoder(bytes.NewReader(b.Bytes()))
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	return b.String(), got
}

// TestBill holds what CycloneDX 1.6 asks for: the required fields, serial
// numbers and references in their form, each reference to something.
func TestBill(t *testing.T) {
	_, got := write(t, info())
	if got.BOMFormat != "CycloneDX" || got.SpecVersion != "1.6" || got.Version != 1 {
		t.Errorf("it says %q %q %d", got.BOMFormat, got.SpecVersion, got.Version)
	}
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(got.SerialNumber) {
		t.Errorf("the serial number is %q", got.SerialNumber)
	}
	refs := []string{got.Metadata.Component.Ref}
	for _, c := range got.Components {
		if c.Type != "library" || c.Name == "" || slices.Contains(refs, c.Ref) {
			t.Errorf("component %+v", c)
		}
		refs = append(refs, c.Ref)
	}
	if len(got.Dependencies) != len(refs) || len(got.Dependencies[0].DependsOn) != len(got.Components) {
		t.Errorf("%d dependencies of %d parts", len(got.Dependencies), len(refs))
	}
	for _, d := range got.Dependencies {
		for _, ref := range append(d.DependsOn, d.Ref) {
			if !slices.Contains(refs, ref) {
				t.Errorf("%q is a reference to nothing", ref)
			}
		}
	}
}

func TestModules(t *testing.T) {
	text, got := write(t, info())
	want := map[string]string{
		"std": "pkg:golang/std@1.26.8", "golang.org/x/text": "pkg:golang/golang.org/x/text@v0.43.0",
		"example.org/own": "", "example.org/fork": "pkg:golang/example.org/fork@v2.0.0%2Bincompatible",
	}
	for _, c := range got.Components {
		if purl, ok := want[c.Name]; !ok || purl != c.PURL {
			t.Errorf("%s has the address %q", c.Name, c.PURL)
		}
		delete(want, c.Name)
	}
	if len(want) > 0 {
		t.Errorf("not in the bill: %v", want)
	}
	if strings.Contains(text, "example.org/old") || !strings.Contains(text, "h1:abc=") {
		t.Error("a module that was replaced is named, or the sum of one that was not is missing")
	}
}

func TestTheSameProgramHasTheSameBill(t *testing.T) {
	first, _ := write(t, info())
	second, _ := write(t, info())
	if first != second {
		t.Error("two bills of one program differ")
	}
	other := info()
	other.Deps[0].Version = "v0.44.0"
	if _, third := write(t, other); strings.Contains(first, third.SerialNumber) {
		t.Error("the bills of two programs have one serial number")
	}
}
