package webtest_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// lacking skips a test that lacks something, or fails it where the tests in
// the browser are required.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("DEMARCHE_BROWSER_TESTS") == "required" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// chromium is the program that the environment names, or the one that is
// installed.
func chromium(t *testing.T) string {
	t.Helper()
	program := os.Getenv("DEMARCHE_CHROMIUM")
	if program == "" {
		program = "chromium"
	}
	path, err := exec.LookPath(program)
	if err != nil {
		lacking(t, "there is no Chromium: install Debian's package chromium, or name the program in DEMARCHE_CHROMIUM")
	}
	return path
}

// tabTimeout is how long a tab may be used before the test is given up; a visit
// takes a fraction of a second.
const tabTimeout = 5 * time.Minute

// TestInBrowser goes through the gallery with one Chromium.
func TestInBrowser(t *testing.T) {
	tab := browser(t)
	site := serve(t).URL
	for _, test := range []struct {
		name string
		run  func(reader)
	}{
		{"journey with script", journey},
		{"journey without script", journeyWithoutScript},
		{"keys", keys},
		{"keys can be turned off", keysCanBeTurnedOff},
		{"long facets are narrowed", longFacetsAreNarrowed},
		{"the box completes", boxCompletes},
		{"nothing is refused by the policy", nothingIsRefusedByThePolicy},
		{"the target is seen", targetIsSeen},
		{"notes do not overlap", notesDoNotOverlap},
		{"labels of the picture stay in it", labelsStayInThePicture},
		{"print", printed},
		{"accessibility is checked", accessibilityIsChecked},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(reader{t, tab(t), site}) })
	}
	t.Run("accessibility", func(t *testing.T) { accessibility(t, tab, site) })
}

// browser starts Chromium without a network but for the test's own server.
// Each call of the result opens a tab.
func browser(t *testing.T) func(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("no-first-run", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("accept-lang", "en"),
		chromedp.UserDataDir(t.TempDir()),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	window, closeWindow := chromedp.NewContext(allocator)
	t.Cleanup(closeWindow)
	must(t, chromedp.Do(window))
	return func(t *testing.T) context.Context {
		t.Helper()
		tab, closeTab := chromedp.NewContext(window)
		t.Cleanup(closeTab)
		must(t, chromedp.Do(tab))
		limited, cancel := context.WithTimeout(tab, tabTimeout)
		t.Cleanup(cancel)
		return limited
	}
}

// serve makes the gallery reachable for a browser.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(site(t))
	t.Cleanup(server.Close)
	return server
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// theme shows pages as to a reader who prefers "light" or "dark".
func theme(scheme string) chromedp.Action[chromedp.Void] {
	return emulate(emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// media shows pages as on "screen" or in "print".
func media(kind string) chromedp.Action[chromedp.Void] {
	return emulate(emulation.SetEmulatedMediaParams{Media: kind})
}

func emulate(p emulation.SetEmulatedMediaParams) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, p)
		return err
	})
}

func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}
