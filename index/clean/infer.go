package clean

import (
	"maps"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// sign guesses an apostrophe or a dash.
func (in *inferrer) sign(h hole) guess {
	left, right := strings.ToLower(h.left), strings.ToLower(h.right)
	western := h.lang == "en" || h.lang == "fr" || h.sign == unicode.ReplacementChar
	switch {
	case h.left == "" && h.right == "":
		return between(h)
	case in.elides(left, right, h.next) && (h.lang != "en" || !startsLower(h.right)):
		return guess{"’", western}
	case right == "s" && utf8.RuneCountInString(left) > 1 && western1252(left):
		return guess{"’", western}
	case in.contracted[left+"’"+right]:
		return guess{"’", western}
	case right == "" && strings.HasSuffix(left, "s") && len(left) > 2 && h.next == ' ':
		return guess{"’", h.lang == "en"}
	case left == "o" && startsUpper(h.right):
		return guess{"’", false}
	case h.lang == "en" && len(left) > 3 && len(right) > 3:
		// No word of French has four letters on both sides of â.
		return guess{"—", false}
	}
	return guess{}
}

// western1252 reports whether a word has letters of western Europe alone.
func western1252(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r > 0xFF }) < 0
}

// elides reports whether a hole stands between an elided word of French and the
// vowel of the next word.
func (in *inferrer) elides(left, right string, next rune) bool {
	if !in.elided[left] {
		return false
	}
	if right == "y" {
		return left != "c"
	}
	return strings.ContainsRune("aeiouhàâæéèêëîïôœùûüÃÅ", unicode.ToLower(next)) || next == 'Ã' || next == 'Å'
}

// between guesses the dash between spaces or numbers.
func between(h hole) guess {
	space := func(r rune) bool { return r == 0 || unicode.IsSpace(r) }
	if space(h.prev) && space(h.next) && h.prev != h.next || unicode.IsDigit(h.prev) && unicode.IsDigit(h.next) ||
		h.prev == ' ' && h.next == ' ' {
		return guess{"–", false}
	}
	return guess{}
}

// quotes guesses the quotation marks of a line, in pairs: one before a word, one
// behind a word or its punctuation.
func (in *inferrer) quotes(holes []hole, guesses []guess) {
	opened := -1
	for i, h := range holes {
		lost := h.sign == 'â' || h.sign == unicode.ReplacementChar
		switch {
		case !lost && h.sign != '€':
		case lost && h.left == "" && h.right != "" && (h.prev == 0 || strings.ContainsRune(" («[", h.prev)) &&
			!in.circumflex["â"+strings.ToLower(h.right)]:
			opened = i
		case opened >= 0 && h.right == "" && h.prev != ' ' && h.prev != 0:
			// No word of English begins with â.
			sure := h.sign == '€' || h.lang == "en"
			guesses[opened], guesses[i] = guess{"“", sure}, guess{"”", sure}
			opened = -1
		}
	}
}

// capital guesses an accented capital, or the à whose second byte became a
// space.
func (in *inferrer) capital(h hole) guess {
	french := h.lang == "fr"
	switch {
	case h.left == "" && h.right == "":
		return standalone(h)
	case h.right == "" && h.left == strings.ToLower(h.left):
		if h.next == ' ' && french {
			return guess{"à", true}
		}
		return guess{}
	case h.left == "" && h.right != "" && h.right == strings.ToLower(h.right):
		if c := in.capitals["Ã"+h.right]; c != "" {
			return guess{strings.ToUpper(letterAt(c, 0)), true}
		}
		return guess{"É", french && utf8.RuneCountInString(h.right) > 2}
	case h.word == strings.ToUpper(h.word):
		return in.inCapitals(h)
	}
	return guess{}
}

// standalone guesses the word à, which is a capital at the start of a sentence.
func standalone(h hole) guess {
	if h.lang != "fr" || h.next != ' ' {
		return guess{}
	}
	if h.opens {
		return guess{"À", true}
	}
	return guess{"à", true}
}

// inCapitals guesses an accented capital in a word of capitals.
func (in *inferrer) inCapitals(h hole) guess {
	key := strings.ReplaceAll(strings.ToLower(h.word), "ã", "Ã")
	if c := in.capitals[key]; c != "" {
		return guess{strings.ToUpper(letterAt(c, h.at)), h.lang == "fr"}
	}
	// Words in -TÉ, and those that begin with a lost letter, nearly all have É.
	if h.lang == "fr" && (h.at == 0 || h.right == "" && strings.HasSuffix(h.left, "T")) {
		return guess{"É", true}
	}
	return guess{}
}

// ligatureOE guesses œ, which stands before u in French.
func ligatureOE(h hole) guess {
	if !strings.HasPrefix(strings.ToLower(h.right), "u") {
		return guess{}
	}
	if h.left == "" && h.opens || strings.ToUpper(h.right) == h.right {
		return guess{"Œ", h.lang == "fr"}
	}
	return guess{"œ", h.lang == "fr"}
}

// lexicon maps what is left of French words to the words, in small letters: with
// the first letter lost, as after a capital, and with all accented letters lost, as in
// a word of capitals. What can be left of several words maps to "".
type lexicon map[string]string

// frequent has the words of the data file.
var frequent = sync.OnceValue(func() lexicon {
	known := lexicon{}
	for w := range wordSet(accentedData) {
		known.learn(w)
	}
	return known
})

// capitalsOf has the words of the data file and those of a text.
func capitalsOf(text string) lexicon {
	known := maps.Clone(frequent())
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w == strings.ToLower(w) {
			known.learn(w)
		}
	}
	return known
}

func (l lexicon) learn(word string) {
	all := strings.Map(lose, word)
	if all == word || strings.ContainsRune(word, 'Ã') {
		return
	}
	l.add(all, word)
	first, n := utf8.DecodeRuneInString(word)
	if one := string(lose(first)) + word[n:]; one != word && one != all {
		l.add(one, word)
	}
}

func (l lexicon) add(key, word string) {
	if known, ok := l[key]; ok && known != word {
		word = ""
	}
	l[key] = word
}

// lose maps the letters whose capital loses its second byte.
func lose(r rune) rune {
	if r >= 0xE0 && r <= 0xFE && r != 'ã' && r != '÷' {
		return 'Ã'
	}
	return r
}

func startsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// letterAt is the letter of a word at an index that counts letters.
func letterAt(word string, n int) string {
	for _, r := range word {
		if n--; n < 0 {
			return string(r)
		}
	}
	return ""
}
