// Package locale holds every message of the interface in each of its languages
// and prints numbers, dates and names the way each language writes them. It
// knows nothing of pages, requests or statements; the texts of statements are
// never translated.
package locale

import (
	"embed"
	"fmt"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Languages are the languages of the interface; the first is the one for
// readers who prefer none of them.
var Languages = []string{"en", "fr", "ru"}

// Files are the messages, a file a language.
//
//go:embed *.toml
var Files embed.FS

// Names gives the name of a state, body or threat group in a language.
type Names interface {
	Name(lang, id string) string
}

// Catalog holds the messages of all languages.
type Catalog struct {
	bundle  *i18n.Bundle
	matcher language.Matcher
}

// Load reads the messages. It fails when a file cannot be read.
func Load() (*Catalog, error) {
	c := &Catalog{bundle: i18n.NewBundle(language.English)}
	c.bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	var tags []language.Tag
	for _, lang := range Languages {
		if _, err := c.bundle.LoadMessageFileFS(Files, lang+".toml"); err != nil {
			return nil, fmt.Errorf("messages of %s: %w", lang, err)
		}
		tags = append(tags, language.Make(lang))
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// Match chooses the language for an Accept-Language header.
func (c *Catalog) Match(acceptLanguage string) string {
	_, i := language.MatchStrings(c.matcher, acceptLanguage)
	return Languages[i]
}

// Printer prints in lang, one of [Languages]. Without names, IDs stand for
// themselves.
func (c *Catalog) Printer(lang string, names Names) *Printer {
	return &Printer{
		lang: lang, names: names,
		messages: i18n.NewLocalizer(c.bundle, lang),
		numbers:  message.NewPrinter(language.Make(lang)),
	}
}
