package source

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/adrg/frontmatter"
	"gopkg.in/yaml.v2"

	"demarche/index/dates"
)

//go:embed data/front_keys.txt
var frontKeys string

// frontSize is the greatest size of front matter in bytes. Real ones have a
// kilobyte; the bound keeps a file that opens with a rule from being parsed as YAML.
const frontSize = 64 << 10

// frontKey is how a line of front matter begins, and a line of prose does not.
var frontKey = regexp.MustCompile(`^\p{L}[\p{L}\d_-]*:(\s|$)`)

// frontRest is how a line that goes on with the value of a key begins.
var frontRest = regexp.MustCompile(`^(?:[ \t]+|- )\S`)

// aliases are the keys of others that mean what ours do, by ours, as plainKey has
// them.
var aliases = sync.OnceValue(func() map[string][]string {
	keys := map[string][]string{}
	for line := range strings.Lines(frontKeys) {
		if words := strings.Fields(line); len(words) > 0 && words[0][0] != '#' {
			keys[words[0]] = append(keys[words[0]], words[1:]...)
		}
	}
	return keys
})

// plainKey is a key in small letters, without what parts its words.
func plainKey(key string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(key))
}

// readFront reads the YAML between two lines "---" at the start of the text, and
// leaves what is behind it in Text. Keys that are not ours are kept aside; of front
// matter that is not YAML the lines count that are a key and a plain value.
func (f *File) readFront() {
	offset, closed := frontEnd(f.Decoded)
	f.Offset, f.Text = offset, f.Decoded[offset:]
	if offset == 0 {
		return
	}
	front := f.Decoded[:offset]
	if !closed {
		f.refuse("front matter: it is not closed: write a line --- behind its last key")
		front = strings.TrimRight(front, "\r\n") + "\n---\n"
	}
	entries, err := parseFront(front)
	if err != nil {
		f.refuse("front matter: it is not YAML: %v: put a value that holds a colon or opens with a bracket in quotes", err)
		entries = plainFront(front)
	}
	d := f.declaredIn(entries)
	for _, key := range slices.Sorted(maps.Keys(entries.values)) {
		if value := entries.values[key].single(); value != "" && !slices.Contains(columns, plainKey(key)) {
			f.Fields = append(f.Fields, Field{key, value})
		}
	}
	if !isZero(d) {
		f.Declared = append(f.Declared, d)
	}
}

func (f *File) refuse(format string, args ...any) {
	f.Refused = append(f.Refused, *refuse(f.Source.File, format, args...))
}

// declaredIn is what front matter declares: under our keys, else under those of
// others that mean the same.
func (f *File) declaredIn(entries front) Declared {
	plain := map[string]frontValue{}
	for _, key := range entries.keys {
		name := plainKey(key)
		if _, twice := plain[name]; !twice {
			plain[name] = entries.values[key]
		} else if slices.Contains(columns, name) {
			f.refuse("front matter, key %s: it is there twice: the first one counts", key)
		}
	}
	d := Declared{}
	order := dateOrder(plain["url"].single(), plain["lang"].single())
	for _, key := range columns[1:] {
		if value := plain[key].of(key); value != "" {
			if problem := d.setFront(key, value, order); problem != "" {
				f.refuse("front matter, key %s: %s", key, problem)
			}
			continue
		}
		for _, other := range aliases()[key] {
			if value := plain[other].of(key); value != "" && d.setFront(key, value, order) == "" {
				break
			}
		}
	}
	return d
}

// dateOrder is how dates of numbers alone are written where a document has an
// address and a language.
func dateOrder(address, lang string) dates.Order {
	switch {
	case american(address, lang):
		return dates.MonthFirst
	case strings.HasPrefix(lang, "fr"), strings.HasPrefix(lang, "ru"):
		return dates.DayFirst
	}
	return dates.Unsure
}

// setFront is [Declared.set] for front matter, where dates are written as in
// text, and languages with their country.
func (d *Declared) setFront(key, value string, order dates.Order) (problem string) {
	switch key {
	case "date":
		if date := dates.OfField(value, order); date != "" {
			d.Date = date
			if other := dates.OfField(value, dates.DayFirst); order == dates.Unsure && other != date {
				return fmt.Sprintf("of %q only the year is certain, since the day or the month may come first: write YYYY-MM-DD", value)
			}
			return ""
		}
	case "lang":
		value = localeEnd.ReplaceAllString(value, "")
	}
	return d.set(key, value)
}

// localeEnd is the country behind a language, as in fr-CH and fr_CH.UTF-8.
var localeEnd = regexp.MustCompile(`[-_][A-Za-z]{2}(?:\.[\w-]+)?\b`)

func isZero(d Declared) bool {
	return d.Statement+d.Title+string(d.Date)+d.Kind+d.URL == "" && len(d.Actors)+len(d.Lang) == 0
}

// frontEnd is the offset behind the closing line of front matter; where it is not
// closed and one of its keys is ours, behind the keys at its top; 0 when there is no
// front matter.
func frontEnd(text string) (offset int, closed bool) {
	top, atTop, ours := 0, true, false
	for line := range strings.Lines(text[:min(len(text), frontSize)]) {
		first, bare := offset == 0, strings.TrimRight(line, " \t\r\n")
		offset += len(line)
		key := frontKey.FindString(line)
		switch {
		case first:
			if bare != "---" {
				return 0, false
			}
		case (bare == "---" || bare == "...") && top > 0:
			return offset, true
		case atTop && (key != "" || top > 0 && frontRest.MatchString(line)):
			top = offset
			ours = ours || slices.Contains(columns, plainKey(strings.TrimRight(key, ": \t\r\n")))
		case bare == "" && top == 0: // above the first key
		case top == 0:
			return 0, false
		default:
			atTop = false
		}
	}
	if !ours {
		return 0, false
	}
	return top, false
}

// front is the front matter of a file.
type front struct {
	keys   []string // as they stand there, one that is there twice twice
	values map[string]frontValue
}

// frontValue is a value of front matter as it is written: NO and 007 are neither
// a truth value nor a number. A value that holds other keys is empty.
type frontValue struct {
	text  string
	items []frontValue
}

// UnmarshalYAML reads a value of any type.
func (v *frontValue) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&v.text) != nil {
		_ = unmarshal(&v.items) // what is neither says nothing to us
	}
	return nil
}

// single is the value where it is no list.
func (v frontValue) single() string { return strings.TrimSpace(v.text) }

// of is the value of one of our keys as metadata.csv would have it: lists are
// joined by semicolons, a time is cut to its day.
func (v frontValue) of(key string) string {
	text := v.single()
	switch {
	case key == "actor" || key == "lang":
		parts := []string{text}
		for _, item := range v.items {
			parts = append(parts, item.of(key))
		}
		return strings.Trim(strings.Join(parts, ";"), ";")
	case key == "date" && len(text) > 10 && strings.ContainsRune("T ", rune(text[10])):
		return text[:10]
	}
	return text
}

// parseFront reads front matter. YAML decoders have been made to panic by hostile
// input; that is no more than a fault of the file.
func parseFront(text string) (parsed front, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("it cannot be parsed")
		}
	}()
	if body, ok := strings.CutSuffix(strings.TrimRight(text, " \t\r\n"), "\n..."); ok {
		text = body + "\n---\n" // the other end that YAML has
	}
	format := frontmatter.NewFormat("---", "---", func(data []byte, _ any) error {
		var entries yaml.MapSlice
		if err := yaml.Unmarshal(data, &entries); err != nil {
			return err
		}
		for _, e := range entries {
			parsed.keys = append(parsed.keys, fmt.Sprint(e.Key))
		}
		// Of a key that is there twice a strict decoder keeps the first value, and
		// calls it a fault of types. There are no others: it reads values of any type.
		if err := yaml.UnmarshalStrict(data, &parsed.values); !errors.As(err, new(*yaml.TypeError)) {
			return err
		}
		return nil
	})
	_, err = frontmatter.Parse(strings.NewReader(text), &parsed, format)
	return parsed, err
}

// plainLine is a line of front matter that has a value in words, without signs of YAML
// before it.
var plainLine = regexp.MustCompile(`(?m)^(\p{L}[\p{L}\d_-]*):[ \t]+([^\s\[\]{}|>&*!%@#,?-].*?)[ \t]*\r?$`)

// plainFront reads the lines of front matter whose values are words. A title with a colon,
// which YAML wants in quotes, is the most common fault, and costs nothing else so.
func plainFront(text string) front {
	parsed := front{values: map[string]frontValue{}}
	for _, m := range plainLine.FindAllStringSubmatch(text, -1) {
		key, value := m[1], m[2]
		if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
			value = value[1 : n-1]
		}
		parsed.keys = append(parsed.keys, key)
		if _, known := parsed.values[key]; !known {
			parsed.values[key] = frontValue{text: value}
		}
	}
	return parsed
}
