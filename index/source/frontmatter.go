package source

import (
	_ "embed"
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
var frontKey = regexp.MustCompile(`^[A-Za-z][\w-]*:(\s|$)`)

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
// leaves what is behind it in Text. Keys that are not ours are kept aside; front
// matter that is not YAML is refused and skipped.
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
	values, err := parseFront(front)
	if err != nil {
		f.refuse("front matter: it is not YAML: %v", err)
		return
	}
	d := f.declaredIn(values)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if value := frontValue(key, values[key]); value != "" && !slices.Contains(columns, key) {
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
func (f *File) declaredIn(values map[string]any) Declared {
	var d Declared
	plain := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		plain[plainKey(key)] = values[key]
	}
	for _, key := range columns[1:] {
		if value := frontValue(key, values[key]); value != "" {
			if problem := d.setFront(key, value); problem != "" {
				f.refuse("front matter, key %s: %s", key, problem)
			}
			continue
		}
		for _, other := range aliases()[key] {
			if value := frontValue(key, plain[other]); value != "" && d.setFront(key, value) == "" {
				break
			}
		}
	}
	return d
}

// setFront is [Declared.set] for front matter, where dates are written as in
// text, and languages with their country.
func (d *Declared) setFront(key, value string) (problem string) {
	switch key {
	case "date":
		if date := dates.OfField(value, false); date != "" {
			d.Date = date
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
		case bare == "---" && top > 0:
			return offset, true
		case atTop && (key != "" || top > 0 && frontRest.MatchString(line)):
			top = offset
			ours = ours || slices.Contains(columns, strings.TrimRight(key, ": \t\r\n"))
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

// parseFront gives the keys of front matter. YAML decoders have been made to
// panic by hostile input; that is no more than a fault of the file.
func parseFront(text string) (values map[string]any, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("it cannot be parsed")
		}
	}()
	format := frontmatter.NewFormat("---", "---", yaml.Unmarshal)
	_, err = frontmatter.Parse(strings.NewReader(text), &values, format)
	return values, err
}

// frontValue gives a value as metadata.csv would have it: lists are joined by
// semicolons, a time is cut to its day.
func frontValue(key string, value any) string {
	if items, ok := value.([]any); ok && slices.Contains([]string{"actor", "lang"}, key) {
		parts := make([]string, len(items))
		for i, item := range items {
			parts[i] = frontValue(key, item)
		}
		return strings.Join(parts, ";")
	}
	switch value.(type) {
	case nil, []any, map[any]any:
		return ""
	}
	text := strings.TrimSpace(fmt.Sprint(value))
	if key == "date" && len(text) > 10 && strings.ContainsRune("T ", rune(text[10])) {
		text = text[:10]
	}
	return text
}
