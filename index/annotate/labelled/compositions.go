package labelled

import (
	"fmt"
	"io/fs"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// Compositions are parts of which sentences are made, as testdata/compositions/README.md says.
type Compositions struct {
	// Before is the paragraph before each sentence. It holds nobody responsible.
	Before string
	// Least is the share of sentences that blame in which somebody must be held responsible,
	// and Most that of the others in which he may be.
	Least, Most float64

	culprits, others, deeds []map[string]string
	blaming, sparing        []string
}

// Composed is a sentence and what it was made of.
type Composed struct {
	Text             string
	State            string // of Who
	Frame, Who, Deed string
}

// ReadCompositions reads those of a language from the folder testdata.
func ReadCompositions(testdata fs.FS, lang string) (*Compositions, error) {
	name := "compositions/" + lang + ".txtar"
	data, err := fs.ReadFile(testdata, name)
	if err != nil {
		return nil, err
	}
	c := &Compositions{}
	for _, f := range txtar.Parse(data).Files {
		if err := c.take(f.Name, strings.Split(strings.TrimSpace(string(f.Data)), "\n")); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", name, f.Name, err)
		}
	}
	return c, nil
}

func (c *Compositions) take(part string, lines []string) (err error) {
	switch part {
	case "before":
		c.Before = lines[0]
	case "culprits":
		c.culprits, err = forms(lines)
	case "others":
		c.others, err = forms(lines)
	case "deeds":
		c.deeds, err = forms(lines)
	case "blaming":
		c.blaming = lines[1:]
		c.Least, err = strconv.ParseFloat(lines[0], 64)
	case "sparing":
		c.sparing = lines[1:]
		c.Most, err = strconv.ParseFloat(lines[0], 64)
	default:
		err = fmt.Errorf("no part of a sentence")
	}
	return err
}

// Blaming are the sentences that hold State responsible.
func (c *Compositions) Blaming() iter.Seq[Composed] { return c.composed(c.blaming, c.culprits) }

// Sparing are those that hold nobody responsible.
func (c *Compositions) Sparing() iter.Seq[Composed] { return c.composed(c.sparing, c.others) }

// composed makes a sentence of every frame, name and deed.
func (c *Compositions) composed(frames []string, names []map[string]string) iter.Seq[Composed] {
	return func(yield func(Composed) bool) {
		for _, frame := range frames {
			for _, name := range names {
				for _, deed := range c.deeds {
					made := Composed{filled(frame, name, deed), name["state"], frame, name["who"], deed["did"]}
					if !yield(made) {
						return
					}
				}
			}
		}
	}
}

// filled puts the forms of a culprit and a deed in the places of a frame:
// {to} is the form of that name. Forms may ask for others.
func filled(frame string, parts ...map[string]string) string {
	for range 2 {
		for _, part := range parts {
			for name, form := range part {
				frame = strings.ReplaceAll(frame, "{"+name+"}", form)
			}
		}
	}
	first, size := utf8.DecodeRuneInString(frame)
	return string(unicode.ToUpper(first)) + frame[size:]
}

// forms reads a table whose first line names the columns.
func forms(lines []string) ([]map[string]string, error) {
	names := strings.Split(lines[0], "|")
	var out []map[string]string
	for _, line := range lines[1:] {
		cells := strings.Split(line, "|")
		if len(cells) != len(names) {
			return nil, fmt.Errorf("%q: %d forms, want %d", line, len(cells), len(names))
		}
		row := map[string]string{}
		for i, name := range names {
			row[strings.TrimSpace(name)] = strings.TrimSpace(cells[i])
		}
		out = append(out, row)
	}
	return out, nil
}
