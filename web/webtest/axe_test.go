package webtest_test

import (
	"context"
	"os"
	"runtime"
	"testing"

	"github.com/chromedp/chromedp"

	"demarche/web/webtest"
)

// violations runs every rule of the guidelines up to level AA and those of good
// practice, and says which failed where.
const violations = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary)))`

// maxTabs bounds the memory that the browser takes, about 100 MB a tab.
const maxTabs = 4

// accessibility goes through the gallery in both themes at the width of a small
// phone and of a desktop: no violation, and nothing that must be scrolled
// sideways. Each tab visits many pages, because a new one takes longer than the
// visit.
func accessibility(t *testing.T, tab func(*testing.T) context.Context, site string) {
	axe := axeSource(t)
	tabs := make(chan context.Context, min(runtime.GOMAXPROCS(0), maxTabs))
	for range cap(tabs) {
		tabs <- tab(t)
	}
	for _, p := range webtest.Pages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			ctx := <-tabs
			defer func() { tabs <- ctx }()
			r := reader{t, ctx, site}
			r.open(p.Address)
			r.do(chromedp.Evaluate[chromedp.Void](axe + ";0"))
			for _, width := range []int64{320, 1280} {
				r.do(chromedp.EmulateViewport(width, 900))
				if wide := ask[int64](r, `document.scrollingElement.scrollWidth`); wide > width {
					t.Errorf("%d px: the page is %d px wide", width, wide)
				}
				for _, scheme := range []string{"light", "dark"} {
					r.do(theme(scheme))
					for _, v := range ask[[]string](r, violations) {
						t.Errorf("%d px, %s: %s", width, scheme, v)
					}
				}
			}
		})
	}
}

// accessibilityIsChecked makes sure that the check above can fail.
func accessibilityIsChecked(r reader) {
	r.t.Helper()
	r.open("/help")
	r.do(chromedp.Evaluate[chromedp.Void](axeSource(r.t) + ";0"))
	ask[bool](r, `document.querySelector("main").append(document.createElement("input")) ?? true`)
	if len(ask[[]string](r, violations)) == 0 {
		r.t.Error("a control without a label was not found")
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
