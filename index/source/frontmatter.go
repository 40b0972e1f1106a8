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

// frontRest is how a line that goes on with the value of a key begins.
var frontRest = regexp.MustCompile(`^(?:[ \t]+|- )\S`)

// frontMatter reads the YAML between two lines "---" at the start of a text. The
// offset is where the text proper begins: 0 when there is no front matter. Keys that
// are not ours are passed over; front matter that is not YAML is refused and
// skipped.
func frontMatter(name, text string) (declared []Declared, offset int, refused []Refusal) {
	offset, closed := frontEnd(text)
	if offset == 0 {
		return nil, 0, nil
	}
	front := text[:offset]
	if !closed {
		refused = append(refused, *refuse(name, "front matter: it is not closed: write a line --- behind its last key"))
		front = strings.TrimRight(front, "\r\n") + "\n---\n"
	}
	values, err := parseFront(front)
	if err != nil {
		return nil, offset, append(refused, *refuse(name, "front matter: it is not YAML: %v", err))
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
	if isZero(d) {
		return nil, offset, refused
	}
	return []Declared{d}, offset, refused
}

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
