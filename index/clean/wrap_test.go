package clean_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"demarche/index/clean"
)

// A statement of one sentence or of a few is the same wrapped at any width.
func TestShortTextsWrapped(t *testing.T) {
	statements := [][]string{
		{
			"Freedonia condemns the attacks that the armed forces of its neighbour have led against the networks of three hospitals.",
			"It calls on all States of the region to respect the norms on which they have agreed.",
			"The Ministry of Foreign Affairs of Freedonia will speak about the matter before the Assembly.",
		},
		{
			"La Freedonie condamne les attaques que le service de renseignement de son voisin a menées contre les réseaux de trois hôpitaux.",
			"Elle appelle tous les États de la région à respecter les normes dont ils sont convenus.",
		},
		{
			"Фридония осуждает нападения, которые вооружённые силы соседней страны совершили на сети трёх больниц.",
			"Она призывает все государства соблюдать нормы, о которых они договорились в прошлом году.",
		},
	}
	for _, paragraphs := range statements {
		for n := range paragraphs {
			for width := 40; width <= 100; width++ {
				t.Run(fmt.Sprintf("%.8s/%d/%d", paragraphs[0], n+1, width), func(t *testing.T) {
					want := statement(paragraphs[:n+1], 1000)
					if got := clean.Repair(statement(paragraphs[:n+1], width)).Text; got != want {
						t.Errorf("got %s", got)
					}
				})
			}
		}
	}
}

// statement is a title, a date and paragraphs, wrapped at a width.
func statement(paragraphs []string, width int) string {
	text := "Statement\n\n2 May 2020\n"
	for _, p := range paragraphs {
		text += "\n" + wrapped(p, width) + "\n"
	}
	return text
}

// wrapped puts as many words on a line as fit in width characters.
func wrapped(text string, width int) string {
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
		case column+1+n > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
