package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/adrg/frontmatter"
	"gopkg.in/yaml.v2"
)

// frontSize is the greatest size of front matter in bytes. Real ones have a
// kilobyte; the bound keeps a file that opens with a rule from being parsed as YAML.
const frontSize = 64 << 10

// frontKey is how a line of front matter begins, and a line of prose does not.
var frontKey = regexp.MustCompile(`^[A-Za-z][\w-]*:(\s|$)`)

// frontMatter reads the YAML between two lines "---" at the start of a text. The
// offset is where the text proper begins: 0 when there is no front matter. Keys that
// are not ours are passed over; front matter that is not YAML is refused and
// skipped.
func frontMatter(name, text string) (declared []Declared, offset int, refused []Refusal) {
	offset = frontEnd(text)
	if offset == 0 {
		return nil, 0, nil
	}
	values, err := parseFront(text[:offset])
	if err != nil {
		return nil, offset, []Refusal{*refuse(name, "front matter: it is not YAML: %v", err)}
	}
	var d Declared
	for _, key := range columns[1:] {
		value := frontValue(key, values[key])
		if value == "" {
			continue
		}
		if problem := d.set(key, value); problem != "" {
			refused = append(refused, *refuse(name, "front matter, key %s: %s", key, problem))
		}
	}
	if len(refused) == 0 && isZero(d) {
		return nil, offset, nil
	}
	return []Declared{d}, offset, refused
}

func isZero(d Declared) bool {
	return d.Statement+d.Title+string(d.Date)+d.Kind+d.URL == "" && len(d.Actors)+len(d.Lang) == 0
}

// frontEnd is the offset behind the closing line of front matter.
func frontEnd(text string) int {
	offset, first := 0, true
	for line := range strings.Lines(text[:min(len(text), frontSize)]) {
		offset += len(line)
		bare := strings.TrimRight(line, " \t\r\n")
		switch {
		case first:
			if bare != "---" {
				return 0
			}
			first = false
			next, _, _ := strings.Cut(strings.TrimLeft(text[offset:], "\r\n"), "\n")
			if !frontKey.MatchString(next) {
				return 0
			}
		case bare == "---":
			return offset
		}
	}
	return 0
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
