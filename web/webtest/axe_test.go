package webtest_test

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"demarche/web/webtest"
)

// violations runs every rule of the guidelines up to level AA and those of good
// practice, and says which failed where.
const violations = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})` + failures

// colourViolations runs the rules that depend on colours alone, which is all
// that a theme changes.
const colourViolations = `axe.run(document, {runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}})` + failures

const failures = `.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary)))`

// TestAccessibility goes through the gallery in both themes at the width of a
// small phone and of a desktop: no violation, and nothing that must be scrolled
// sideways.
func TestAccessibility(t *testing.T) {
	tab := browser(t)
	axe := axeSource(t)
	server := serve(t)
	for _, p := range webtest.Pages() {
		t.Run(p.Name, func(t *testing.T) {
			ctx := tab(t)
			must(t, chromedp.Do(ctx, chromedp.Navigate(server.URL+p.Address), chromedp.Evaluate[chromedp.Void](axe+";0")))
			for _, width := range []int64{320, 1280} {
				must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)))
				checkWidth(ctx, t, width)
				for scheme, rules := range map[string]string{"light": violations, "dark": colourViolations} {
					must(t, chromedp.Do(ctx, theme(scheme)))
					for _, v := range ask[[]string](ctx, t, rules) {
						t.Errorf("%d px, %s: %s", width, scheme, v)
					}
				}
			}
		})
	}
}

// TestAccessibilityIsChecked makes sure that the check above can fail.
func TestAccessibilityIsChecked(t *testing.T) {
	tab := browser(t)
	axe := axeSource(t)
	ctx := tab(t)
	must(t, chromedp.Do(ctx, chromedp.Navigate(serve(t).URL+"/help"), chromedp.Evaluate[chromedp.Void](axe+";0")))
	ask[bool](ctx, t, `document.querySelector("main").append(document.createElement("input")) ?? true`)
	if len(ask[[]string](ctx, t, violations)) == 0 {
		t.Error("a control without a label was not found")
	}
}

func checkWidth(ctx context.Context, t *testing.T, width int64) {
	t.Helper()
	if wide := ask[int64](ctx, t, `document.scrollingElement.scrollWidth`); wide > width {
		t.Errorf("%d px: the page is %d px wide", width, wide)
	}
}

// axeSource is the script of axe-core.
func axeSource(t *testing.T) string {
	t.Helper()
	path := os.Getenv("DEMARCHE_AXE")
	if path == "" {
		lacking(t, "there is no axe-core: unpack the npm package axe-core and name its axe.min.js in DEMARCHE_AXE")
	}
	source, err := os.ReadFile(path)
	must(t, err)
	return string(source)
}
