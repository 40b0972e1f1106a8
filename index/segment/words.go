package segment

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

// phrases are the lines of a data file: words, or several in a row, in small
// letters and without marks.
type phrases []string

var (
	//go:embed data/date_words.txt
	dateData string
	//go:embed data/date_prepositions.txt
	datePrepositionData string
	//go:embed data/update_words.txt
	updateData string
	//go:embed data/title_words.txt
	titleData string
	//go:embed data/reference_words.txt
	referenceData string
	//go:embed data/letterhead_words.txt
	letterheadData string
	//go:embed data/articles.txt
	articleData string
	//go:embed data/overlines.txt
	overlineData string
	//go:embed data/logo_words.txt
	logoData string
	//go:embed data/turns.txt
	turnData string
	//go:embed data/labels.txt
	labelData string
	//go:embed data/permalinks.txt
	permalinkData string
	//go:embed data/ordinals.txt
	ordinalData string
	//go:embed data/abbreviations.txt
	abbreviationData string
)

var (
	// dateWords stand beside a date without making a sentence of it.
	dateWords = readPhrases(dateData)
	// datePrepositions make the date behind them part of a sentence.
	datePrepositions = readPhrases(datePrepositionData)
	// updateWords say that a date is not that of issue.
	updateWords = readPhrases(updateData)
	// titleWords make a title of the line, date or not.
	titleWords = readPhrases(titleData)
	// referenceWords introduce the number of a release or document.
	referenceWords = readPhrases(referenceData)
	// letterheadWords begin the name of an institution.
	letterheadWords = readPhrases(letterheadData)
	// articles may stand before the name of an institution.
	articles = readPhrases(articleData)
	// overlines are whole lines that stand above titles and are none.
	overlines = readPhrases(overlineData)
	// logoWords tell pictures that show whose a page is.
	logoWords = readPhrases(logoData)
	// turnWords are who speaks where no name is given.
	turnWords = readPhrases(turnData)
	// labelWords introduce when and where a page was published.
	labelWords = readPhrases(labelData)
	// permalinkWords introduce the address of the page itself.
	permalinkWords = readPhrases(permalinkData)
	// ordinals begin the next point of a speech.
	ordinals = readPhrases(ordinalData)
	// abbreviations are shortened by a full stop.
	abbreviations = readPhrases(abbreviationData)
)

// readPhrases reads a data file. Lines that begin with # are remarks.
func readPhrases(data string) phrases {
	var p phrases
	for line := range strings.Lines(data) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			p = append(p, line)
		}
	}
	return p
}

// in reports whether one of the phrases stands in the text.
func (p phrases) in(text string) bool {
	text = " " + strings.Join(wordsOf(text), " ") + " "
	return slices.ContainsFunc(p, func(phrase string) bool { return strings.Contains(text, " "+phrase+" ") })
}

// are reports whether the text is one of the phrases and nothing else.
func (p phrases) are(text string) bool {
	return slices.Contains(p, strings.Join(wordsOf(text), " "))
}

// wordsOf gives the words of a text that have letters, in small letters.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	return slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, "-") == "" })
}
