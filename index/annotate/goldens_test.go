package annotate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"demarche/index/annotate"
)

// TestEachRuleHasItsGolden removes one rule after the other: without it the golden file of
// its name must come out otherwise in each language that the rule has patterns in, and not
// by the names of the rules and the words they point at alone. What another rule finds too
// shows nothing, nor does what is weighed where no pattern says it. A rule that tells who speaks has a file a language in testdata/notes, the
// others one in testdata/rules, in which what a rule finds stands under its name.
func TestEachRuleHasItsGolden(t *testing.T) {
	weighing := annotator(t)
	patterns := weighing.Without("weighing")
	for _, rule := range weighing.Rules() {
		t.Run(rule.Name, func(t *testing.T) {
			a, without := patterns, patterns.Without(rule.Name)
			if rule.Name == "weighing" {
				a, without = weighing, patterns
			}
			for _, lang := range rule.Languages {
				if rule.Tells {
					noteNeeds(t, a, without, rule.Name, lang)
				} else {
					goldenNeeds(t, a, without, rule, lang)
				}
			}
		})
	}
}

// goldenNeeds fails the test where the golden file of a rule comes out as well without it.
func goldenNeeds(t *testing.T, a, without *annotate.Annotator, rule annotate.RuleOf, lang string) {
	archive, err := txtar.ParseFile(filepath.Join("testdata/rules", rule.Name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	with := caseOf(a, archive, lang)
	if rule.Finds && !strings.Contains(with, "\t"+rule.Name+": ") {
		t.Errorf("the rule finds nothing in %s of testdata/rules/%s.txtar", lang, rule.Name)
	}
	if slices.Equal(outline(with), outline(caseOf(without, archive, lang))) {
		t.Errorf("%s of testdata/rules/%s.txtar comes out the same without the rule", lang, rule.Name)
	}
}

// outline is what a case describes, less its rules and words.
func outline(described string) []string {
	return slices.DeleteFunc(strings.Split(described, "\n"), func(line string) bool { return strings.HasPrefix(line, "\t") })
}

// noteNeeds does so for a rule that tells who speaks, by whom the file says that it is.
func noteNeeds(t *testing.T, a, without *annotate.Annotator, rule, lang string) {
	name := map[string]string{"en": rule, "fr": rule + "-fr", "ru": rule + "-ru"}[lang]
	data, err := os.ReadFile(filepath.Join("testdata/notes", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(data)
	if declared := langOf(archive); declared != lang {
		t.Fatalf("testdata/notes/%s.txtar is in %q", name, declared)
	}
	d := document(t, lang, string(archive.Files[0].Data))
	if fmt.Sprint(ids(a.Annotate(d).Notes[0])) == fmt.Sprint(ids(without.Annotate(d).Notes[0])) {
		t.Errorf("testdata/notes/%s.txtar tells the same speakers without the rule", name)
	}
}

func ids(n annotate.Notes) (ids []string) {
	for _, actor := range n.Actors {
		ids = append(ids, actor.ID)
	}
	return ids
}
