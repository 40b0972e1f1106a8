package locale

import (
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Printer prints in one language. It is safe for use by many goroutines.
type Printer struct {
	lang     string
	names    Names
	messages *i18n.Localizer
	numbers  *message.Printer
}

// Lang is the language it prints in.
func (p *Printer) Lang() string { return p.lang }

// T is the message of a key. The arguments fill it: a name, a value, a name, a
// value… A key without a message prints as itself, so that a page with a
// missing message can still be read.
func (p *Printer) T(key string, args ...any) string {
	if s, ok := p.Lookup(key, arguments(args)); ok {
		return s
	}
	return key
}

// Lookup is the message of a key, if there is one.
func (p *Printer) Lookup(key string, args map[string]any) (string, bool) {
	s, err := p.messages.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
	return s, err == nil && s != ""
}

// N is the message of a key in the plural form for n. The message has N for
// the number as it is written in this language.
func (p *Printer) N(key string, n int, args ...any) string {
	data := arguments(args)
	data["N"] = p.Number(n)
	s, err := p.messages.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
	if err != nil {
		return key
	}
	return s
}

func arguments(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			data[name] = args[i+1]
		}
	}
	return data
}

// Number writes n with the separators of the language.
func (p *Printer) Number(n int) string {
	return p.numbers.Sprint(number.Decimal(n))
}

// Date writes a date given as YYYY, YYYY-MM or YYYY-MM-DD to its precision;
// an empty date is unknown.
func (p *Printer) Date(date string) string {
	year, rest, hasMonth := strings.Cut(date, "-")
	month, day, hasDay := strings.Cut(rest, "-")
	switch {
	case date == "":
		return p.T("date.unknown")
	case !hasMonth:
		return p.T("date.of_year", "Year", year)
	case !hasDay:
		return p.T("date.of_month", "Month", p.month("date.months", month), "Year", year)
	}
	d, err := strconv.Atoi(day)
	if err != nil {
		return date
	}
	key := "date.of_day"
	if d == 1 {
		key = "date.of_first_day"
	}
	return p.T(key, "Day", d, "Month", p.month("date.months_with_day", month), "Year", year)
}

// month is the name of a month, "01" to "12", from the message that lists them.
func (p *Printer) month(key, month string) string {
	names := strings.Fields(p.T(key))
	n, err := strconv.Atoi(month)
	if err != nil || n < 1 || n > len(names) {
		return month
	}
	return names[n-1]
}

// Collator puts words in the order of the language's dictionaries. It is not
// safe for use by several goroutines.
func (p *Printer) Collator() *collate.Collator { return collate.New(language.Make(p.lang)) }

// Name is the name of a state, body or threat group.
func (p *Printer) Name(id string) string {
	if p.names == nil {
		return id
	}
	return p.names.Name(p.lang, id)
}

// Language is the name of a language.
func (p *Printer) Language(code string) string {
	if s, ok := p.Lookup("language."+code, nil); ok {
		return s
	}
	return strings.ToUpper(code)
}

// List joins words as the language lists them: "A, B and C".
func (p *Printer) List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return p.T("list.last", "List", strings.Join(words[:last], ", "), "Last", words[last])
}

// Label is the name of a value of a facet.
func (p *Printer) Label(field, value string) string {
	if value == "unknown" {
		return p.T("value.unknown." + field)
	}
	switch field {
	case "lang":
		return p.Language(value)
	case "kind":
		return p.Kind(value)
	case "attribution":
		return p.relation(value)
	case "year", "statement":
		return value
	}
	return p.Name(value)
}

// relation writes "US:RU" or "US:RU:own" with names.
func (p *Printer) relation(value string) string {
	parts := strings.Split(value, ":")
	if len(parts) < 2 {
		return value
	}
	label := p.Party(parts[0]) + " → " + p.Name(parts[1])
	if len(parts) > 2 {
		label += " (" + p.T("stance."+parts[2]) + ")"
	}
	return label
}

// Party is the name of whoever attributes; it may not be known.
func (p *Printer) Party(id string) string {
	if id == "unknown" {
		return p.T("attribution.unknown_party")
	}
	return p.Name(id)
}

// Kind is the name of a kind of statement; kinds that are declared freely
// stand for themselves.
func (p *Printer) Kind(kind string) string {
	if s, ok := p.Lookup("kind."+kind, nil); ok {
		return s
	}
	return kind
}
