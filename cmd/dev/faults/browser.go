package faults

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is a Chromium with one tab and no network but this machine.
type browser struct {
	tab   context.Context
	stops []context.CancelFunc
	dir   string
}

// visitWithin is how long a page may take to be shown.
const visitWithin = 20 * time.Second

// openBrowser starts the Chromium that DEMARCHE_CHROMIUM names, or the one
// that is installed.
func openBrowser(ctx context.Context) (*browser, error) {
	program, err := exec.LookPath(cmp.Or(os.Getenv("DEMARCHE_CHROMIUM"), "chromium"))
	if err != nil {
		return nil, &Lacking{"there is no Chromium: install Debian's package chromium, or name the program in DEMARCHE_CHROMIUM"}
	}
	dir, err := os.MkdirTemp("", "demarche-chromium-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.UserDataDir(dir),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("no-first-run", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	tab, closeTab := chromedp.NewContext(allocator)
	b := &browser{tab: tab, stops: []context.CancelFunc{closeTab, stop}, dir: dir}
	if err := chromedp.Do(tab); err != nil {
		b.close()
		return nil, &Lacking{fmt.Sprintf("Chromium does not start: %v", err)}
	}
	return b, nil
}

func (b *browser) close() {
	for _, stop := range b.stops {
		stop()
	}
	_ = os.RemoveAll(b.dir) // what the browser leaves behind is not worth an error
}

// touched reports what a payload has done to the page that is shown.
const touched = `JSON.stringify([
	window.zq !== undefined && "a script of the payload ran",
	document.querySelector("zq, [data-zq]") !== null && "an element of the payload is in the page",
	document.querySelector("mark mark, script:not([src])") !== null && "an element is in the page that is not the site's",
].filter(Boolean))`

// visit shows a page and looks whether a payload is at work in it.
func (b *browser) visit(ctx context.Context, address string) error {
	tab, cancel := context.WithTimeout(b.tab, visitWithin)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("chromium: %w", err)
	}
	signs, err := chromedp.Run(tab, chromedp.Evaluate[string](touched))
	if err != nil {
		return fmt.Errorf("chromium: %w", err)
	}
	if signs != "[]" {
		return errors.New("chromium: " + signs)
	}
	return nil
}

// canFail makes sure that a payload at work is seen: it puts one into a page
// by hand.
func (b *browser) canFail(site string) error {
	if err := b.visit(context.Background(), site+"/"); err != nil {
		return err
	}
	work := `document.body.append(document.createElement("zq")); window.zq = 1; ` + touched
	signs, err := chromedp.Run(b.tab, chromedp.Evaluate[string](work))
	if err == nil && signs == "[]" {
		err = errors.New("a payload that was at work in a page was not seen")
	}
	return err
}
