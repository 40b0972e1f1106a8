package webtest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"demarche/web/webtest"
	"github.com/chromedp/chromedp/kb"
)

// reader walks through the site in a tab, as a person would.
type reader struct {
	t    *testing.T
	ctx  context.Context
	site string
}

func (r reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	must(r.t, chromedp.Do(r.ctx, steps...))
}

func (r reader) open(address string) {
	r.t.Helper()
	r.do(chromedp.Navigate(r.site + address))
}

// follow clicks on what leads to another page and waits for that page.
func (r reader) follow(selector string) {
	r.t.Helper()
	_, err := chromedp.RunResponse(r.ctx, chromedp.Click(chromedp.CSS(selector)))
	if err != nil {
		r.t.Fatalf("%s: %v", selector, err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](r reader, expression string) T {
	r.t.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// sees wants a text in the first element that the selector names.
func (r reader) sees(selector, want string) {
	r.t.Helper()
	got, err := chromedp.Run(r.ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil || !strings.Contains(got, want) {
		r.t.Errorf("%s shows %q, want %q (%v)", selector, got, want, err)
	}
}

// at wants parts in the address of the page.
func (r reader) at(parts ...string) {
	r.t.Helper()
	got, err := chromedp.Run(r.ctx, chromedp.Location())
	must(r.t, err)
	for _, part := range parts {
		if !strings.Contains(got, part) {
			r.t.Errorf("the address is %s, want %s in it", got, part)
		}
	}
}

// journey searches, filters, pages, changes the language and opens a statement
// side by side.
func journey(r reader) {
	r.t.Helper()
	searchAndFilter(r)
	turnPages(r)
	changeLanguage(r)
	readSideBySide(r)
	mendQuery(r)
	leaveOutReason(r)
	includeEquivalents(r)
}

func journeyWithoutScript(r reader) {
	r.t.Helper()
	r.do(scripts(false))
	journey(r)
}

func searchAndFilter(r reader) {
	r.t.Helper()
	r.open("/")
	r.do(chromedp.SendKeys(chromedp.CSS("#q"), "cyber*"))
	r.follow("#ask button")
	r.at("/search?q=cyber")
	r.sees(".hit mark", "yber")
	r.do(chromedp.Click(chromedp.CSS("input[name=actor][value=nato]")))
	r.do(chromedp.Click(chromedp.CSS("input[name=lang][value=en]")))
	r.at("/search?q=cyber") // nothing is sent by a choice
	r.follow("button.apply")
	r.at("actor=nato", "lang=en", "q=cyber")
	r.sees(".chips", "NATO")
	r.follow(".exclude[href*='year=-2021']")
	r.at("year=-2021")
	r.follow(".chip.excluded a")
	r.follow(".bars a[href*='year=2021']")
	r.at("year=2021")
	r.sees(".hit-meta", "4 March 2021")
}

func turnPages(r reader) {
	r.t.Helper()
	r.open("/search?size=10")
	r.sees(".pager", "1–10 of 42")
	r.follow(".pager .next")
	r.at("cursor=")
	r.sees(".pager", "11–20 of 42")
	r.follow(".pager [rel=first]")
	r.sees(".pager", "1–10 of 42")
}

func changeLanguage(r reader) {
	r.t.Helper()
	r.open("/search?q=responsible&lang=en&actor=nato")
	r.follow(".languages a[lang=fr]")
	r.at("ui=fr", "q=responsible")
	r.sees(".hit-meta", "4 mars 2021")
	r.follow(".hit h2 a")
	r.at("/statements/", "ui=fr", "#p")
	r.sees(".dateline", "4 mars 2021")
}

func readSideBySide(r reader) {
	r.t.Helper()
	r.open("/statements/harbour-2021-03-04?lang=en&q=responsible")
	r.sees("#p4 mark", "responsible")
	r.follow(".version-bar nav:nth-of-type(2) a[hreflang=ru]")
	r.at("lang=en", "with=ru", "q=responsible")
	r.sees("#p4 .text", "responsible state behaviour")
	r.sees("#p4-ru .text", "ответственного поведения")
	r.follow(".version-bar nav:nth-of-type(1) a[hreflang=fr]")
	r.sees("h1", "Déclaration sur l’intrusion")
}

func mendQuery(r reader) {
	r.t.Helper()
	r.open("/search?q=norms+%22law")
	r.sees(".problem .lead", "quote is not closed")
	r.follow(".suggestion a")
	r.sees("h1", `norms "law"`)
}

func leaveOutReason(r reader) {
	r.t.Helper()
	r.open("/search?q=norm&lang=en")
	r.sees(".reason", "inflection")
	r.follow(".leave-out[href*='without=inflection']")
	r.at("q=norm", "lang=en", "without=inflection")
	r.sees(".chips", "inflection")
	r.follow("button.apply")
	r.at("without=inflection")
	r.follow(".chip a[href='/search?q=norm&lang=en']")
	r.sees(".reason", "inflection")
}

func includeEquivalents(r reader) {
	r.t.Helper()
	r.open("/search?q=responsible+state+behaviour")
	r.follow(".formula a")
	r.at("formulas=on")
	r.sees(".reasons", "exact words")
	r.follow(".formula a")
	r.sees(".formula", "comportement responsable")
}

// keys tries what only a keyboard and a script can do.
func keys(r reader) {
	r.t.Helper()
	r.open("/search?q=cyber*&lang=en")
	focused := func() string {
		return ask[string](r, `document.activeElement.id || document.activeElement.getAttribute("href")`)
	}
	first := ask[string](r, `document.querySelectorAll(".hit h2 a")[0].getAttribute("href")`)
	second := ask[string](r, `document.querySelectorAll(".hit h2 a")[1].getAttribute("href")`)
	for _, step := range []struct{ key, want string }{{"j", first}, {"j", second}, {"k", first}, {"k", first}, {"/", "q"}} {
		r.do(chromedp.KeyEvent(step.key))
		if got := focused(); got != step.want {
			r.t.Errorf("after %q the focus is on %q, not %q", step.key, got, step.want)
		}
	}
	r.do(chromedp.KeyEvent("j"))
	if got := focused(); got != "q" {
		r.t.Errorf("a letter typed into the box moved the focus to %q", got)
	}
	if n := ask[int](r, `document.querySelectorAll(".hit button.copy").length`); n == 0 {
		r.t.Error("no permalink can be copied")
	}
}

// keysCanBeTurnedOff holds on the next page too.
func keysCanBeTurnedOff(r reader) {
	r.t.Helper()
	r.open("/help")
	r.do(chromedp.Click(chromedp.CSS(".switch")))
	r.open("/search?q=cyber*")
	r.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("/"))
	if moved := ask[bool](r, `document.activeElement !== document.body`); moved {
		r.t.Error("a key moved the focus")
	}
	r.open("/help")
	if got := ask[string](r, `document.querySelector(".switch").getAttribute("aria-pressed")`); got != "true" {
		r.t.Errorf("the switch says %q", got)
	}
	r.do(chromedp.Click(chromedp.CSS(".switch")))
	r.open("/search?q=cyber*")
	r.do(chromedp.KeyEvent("/"))
	if !ask[bool](r, `document.activeElement.id === "q"`) {
		r.t.Error("the keys stay off")
	}
}

// boxCompletes types, hears how many entries there are, closes the list, opens it
// again and takes an entry, with the keyboard alone and in both themes without a
// violation.
func boxCompletes(r reader) {
	r.t.Helper()
	r.open("/?ui=fr")
	r.do(chromedp.SendKeys(chromedp.CSS("#q"), "respon"), chromedp.WaitVisible(chromedp.CSS("#completions li")))
	r.sees(".box [role=status]", "Suggestions")
	r.do(chromedp.KeyEvent(kb.Escape))
	if open := ask[bool](r, `document.getElementById("completions").checkVisibility()`); open {
		r.t.Error("Escape leaves the list open")
	}
	r.do(chromedp.KeyEvent("s"), chromedp.WaitVisible(chromedp.CSS("#completions li")))
	if n := ask[int](r, `document.querySelectorAll("#completions [aria-selected=true]").length`); n != 0 {
		r.t.Errorf("%d entries are chosen before a key chose one", n)
	}
	r.do(chromedp.KeyEvent(kb.ArrowDown))
	first := ask[string](r, `document.querySelector("#completions [aria-selected=true]").dataset.query`)
	if named := ask[string](r, `document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant")).dataset.query`); named != first {
		r.t.Errorf("%q is chosen and %q is named", first, named)
	}
	r.do(chromedp.Evaluate[chromedp.Void](axeSource(r.t) + ";0"))
	for _, scheme := range []string{"light", "dark"} {
		r.do(theme(scheme))
		for _, v := range ask[[]string](r, violations) {
			r.t.Errorf("%s: %s", scheme, v)
		}
	}
	r.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".hits")))
	r.at("/search", "ui=fr", "q="+strings.Fields(first)[0])
	r.sees("h1", first)
}

// longFacetsAreNarrowed types the beginning of a name without its accent.
func longFacetsAreNarrowed(r reader) {
	r.t.Helper()
	r.open("/many/search?ui=fr")
	r.do(chromedp.Click(chromedp.CSS("fieldset summary")), chromedp.SendKeys(chromedp.CSS(".narrow input"), "etats-"))
	left := ask[[]string](r, `[...document.querySelectorAll("fieldset details .option")].filter(e => e.checkVisibility()).map(e => e.innerText)`)
	if len(left) != 1 || !strings.HasPrefix(left[0], "États-Unis") {
		r.t.Errorf("left: %q", left)
	}
}

// nothingIsRefusedByThePolicy loads pages and wants no complaint of the browser
// about the content policy.
func nothingIsRefusedByThePolicy(r reader) {
	r.t.Helper()
	for _, address := range []string{"/", "/search?q=norms", "/statements/harbour-2021-03-04?with=fr", "/help/query"} {
		r.open(address)
		loaded := ask[int](r, `[...document.styleSheets].length + performance.getEntriesByType("resource").filter(r => r.responseStatus >= 400 || r.responseStatus === 0).length * 100`)
		if loaded < 3 || loaded >= 100 {
			r.t.Errorf("%s: style sheets and failures: %d", address, loaded)
		}
	}
}

// targetIsSeen holds that the paragraph that an address names stands in the
// window, below what stays at its top.
func targetIsSeen(r reader) {
	r.t.Helper()
	r.do(chromedp.EmulateViewport(1280, 400))
	for _, address := range []string{"?lang=en#p4", "?lang=en&with=fr#p3", "?lang=en&with=fr#p3-fr"} {
		r.open("/statements/harbour-2021-03-04" + address)
		hidden := ask[bool](r, `(() => {
			const text = document.querySelector(":target .text").getBoundingClientRect();
			const heads = document.querySelector(".heads");
			return text.top > innerHeight || text.top < (heads ? heads.getBoundingClientRect().bottom : 0);
		})()`)
		if hidden {
			r.t.Errorf("%s: the paragraph is out of sight", address)
		}
	}
}

// notesDoNotOverlap looks at a paragraph in which several states share the words
// that hold them responsible.
func notesDoNotOverlap(r reader) {
	r.t.Helper()
	r.do(chromedp.EmulateViewport(1280, 800))
	r.open(webtest.ManySite + "/statements/coast-2025-02-11?lang=en")
	tops := ask[[]float64](r, `[...document.querySelectorAll("#p1 .note")].flatMap(e => {
		const box = e.getBoundingClientRect();
		return [box.top, box.bottom];
	})`)
	if len(tops) < 14 {
		r.t.Fatalf("%d notes, want 7 or more", len(tops)/2)
	}
	for i := 2; i < len(tops); i += 2 {
		if tops[i] < tops[i-1] {
			r.t.Errorf("note %d begins at %.0f, above %.0f where note %d ends", i/2+1, tops[i], tops[i-1], i/2)
		}
	}
}

// labelsStayInThePicture holds that names neither leave the picture nor meet the
// ribbons, however long they are.
func labelsStayInThePicture(r reader) {
	r.t.Helper()
	for _, ui := range []string{"en", "fr", "ru"} {
		for _, width := range []int64{800, 1000, 1280} {
			r.do(chromedp.EmulateViewport(width, 800))
			r.open(webtest.ManySite + "/attributions?ui=" + ui)
			out := ask[[]string](r, `(() => {
				const frame = document.querySelector(".flow > svg").getBoundingClientRect();
				return [...document.querySelectorAll(".flow text")].filter(e => e.checkVisibility()).filter(e => {
					const box = e.getBoundingClientRect();
					return box.left < frame.left - 1 || box.right > frame.right + 1;
				}).map(e => e.textContent);
			})()`)
			if len(out) > 0 {
				r.t.Errorf("%s, %d wide: out of the picture stand %q", ui, width, out)
			}
		}
	}
}

// printed holds that what can only be clicked on is left out on paper.
func printed(r reader) {
	r.t.Helper()
	r.do(media("print"))
	for _, address := range []string{"/search?q=cyber*", "/statements/harbour-2021-03-04?with=fr&q=States"} {
		r.open(address)
		shown := ask[[]string](r, `[...document.querySelectorAll("form, main nav, .filters, .hit-links, .marked")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))`)
		if len(shown) > 0 {
			r.t.Errorf("%s prints %q", address, shown)
		}
		if !ask[bool](r, `document.querySelector("main .text").checkVisibility()`) {
			r.t.Errorf("%s prints no text", address)
		}
	}
}
