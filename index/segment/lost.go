package segment

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/index/dates"
	"demarche/search"
)

// Some files are a page in one line: its title, its date and all its paragraphs,
// whose ends are lost. Such a line is cut where the words show that something of its
// own begins: a speaker's turn, a date with the hour, the title said again, the
// next point that is counted. What is still long then is cut between sentences, into
// parts that can be cited.

// In characters.
const (
	// longest is the length from which on a line holds more than one paragraph; one
	// that is alone does from longestPart on.
	longest = 4000
	// longestPart is the length from which on a part is cut between sentences, and
	// partSize about how long its parts are.
	longestPart = 2000
	partSize    = 1000
	// headSize is how much of a line before the first turn is looked at for a title
	// that is there twice, in bytes, and headWords the least number of its words.
	headSize  = 2000
	headWords = 4
)

var (
	// turn is who speaks next: initials and a surname, words in capitals, or a word such
	// as "Question".
	turn = regexp.MustCompile(`(?:^|[.!?…»”"] )((?:\p{Lu}\.[ \x{00A0}]?){1,2}\p{Lu}[\p{L}-]+|\p{Lu}{2,}(?:[ -]\p{Lu}{2,}){0,3}|\p{L}+)(?: \([^()]{1,40}\))?:[ \x{00A0}]`)
	// stamp is the hour behind a date.
	stamp = regexp.MustCompile(`^,?[ \x{00A0}]+(?:(?:at|à|в)[ \x{00A0}])?\d{1,2}[:h]\d\d\b`)
	label = regexp.MustCompile(`\p{Lu}[\p{Ll}]+(?:[ \x{00A0}]\p{Ll}+){0,3}:[ \x{00A0}]`)
	point = regexp.MustCompile(`[.!?…:;] (\d{1,2})[.)] \p{Lu}`)
	begin = regexp.MustCompile(`[.!?…] (\p{Lu}[\p{L}-]+(?: \p{Ll}+)?), `)
	// stop is the end of a sentence; initials, numbers and short abbreviations are none.
	stop = regexp.MustCompile(`(?:[?!…][»”"]?|([\p{L}\d»”")%]{3})\.[»”"]?) +[\p{Lu}«“"„—–\d]`)
)

// parts cuts a line where its paragraphs begin; a line of common length is one, unless
// it is a page by what it says of its publication. alone says that nearly all of the
// text is in the line.
func parts(line string, alone bool) []search.Span {
	if !isLong(line, alone) && !isPage(line, alone) {
		return []search.Span{{Start: 0, End: len(line)}}
	}
	cuts := turns(line)
	head := line[:min(len(line), headSize)]
	if len(cuts) > 0 {
		head = line[:min(slices.Min(cuts), headSize)]
	}
	cuts = slices.Concat(cuts, labels(line), points(line), titles(head))
	if alone {
		cuts = append(cuts, overline(line))
	}
	if date, ok := issued(line, cuts); ok && alone {
		title := strings.TrimRight(line[:date.Start], separators)
		cuts = append(cuts, len(title), date.Start, date.End)
	}
	cuts = stamps(line, cuts)
	slices.Sort(cuts)
	var spans []search.Span
	at := 0
	for _, cut := range append(slices.Compact(cuts), len(line)) {
		if cut > at {
			spans = append(spans, cited(line, at, cut)...)
			at = cut
		}
	}
	return spans
}

// isLong reports whether a line holds more than one paragraph by its length.
func isLong(line string, alone bool) bool {
	limit := longest
	if alone {
		limit = longestPart
	}
	return len(line) >= limit && utf8.RuneCountInString(line) >= limit
}

// isPage reports whether a line says within when it was published: to the hour, or at
// its head.
func isPage(line string, alone bool) bool {
	if len(line) > headSize/10 && len(labels(line)) > 0 && len(stamps(line, nil)) > 0 {
		return true
	}
	_, ok := issued(line, nil)
	return alone && ok
}

// turns are where somebody else begins to speak.
func turns(line string) []int {
	var cuts []int
	for _, m := range turn.FindAllStringSubmatchIndex(line, -1) {
		if isSpeaker(line[m[2]:m[3]]) {
			cuts = append(cuts, m[2]-len(formOfAddress.FindString(line[max(0, m[2]-addressSize):m[2]])))
		}
	}
	return append(cuts, firstTurn(line)...)
}

// formOfAddress stands before a surname, with a full stop that ends no sentence.
var formOfAddress = regexp.MustCompile(`\b(?:MRS?|MS|DR|MME?|M)\. $`)

// addressSize is the greatest size of a form of address in bytes, and more.
const addressSize = 6

// isTurn reports whether a text begins with a turn.
func isTurn(text string) bool {
	m := turn.FindStringSubmatchIndex(text[:min(len(text), headSize/10)])
	return m != nil && m[2] == 0 && isSpeaker(text[m[2]:m[3]])
}

// isSpeaker reports whether words before a colon name who speaks.
func isSpeaker(name string) bool {
	return strings.ContainsRune(name, '.') || name == strings.ToUpper(name) || turnWords.are(name)
}

// initialTurn is a turn of somebody with initials.
var initialTurn = regexp.MustCompile(`[ \x{00A0}]((?:\p{Lu}\.[ \x{00A0}]?){1,2}\p{Lu}[\p{L}-]+)(?: \([^()]{1,40}\))?:[ \x{00A0}]`)

// firstTurn is the first turn of somebody with initials, which no sentence stands
// before: the title does.
func firstTurn(line string) []int {
	if m := initialTurn.FindStringSubmatchIndex(line); m != nil {
		return []int{m[2]}
	}
	return nil
}

// The greatest number of words of the place behind a date; the greatest size of
// it, of a label and of the hour, in bytes.
const (
	placeWords = 3
	placeSize  = 100
	stampSize  = 20
)

// stamps adds to cuts where a date with the hour begins and ends. The label before
// it, and a place of a few words behind it up to the next cut, are left with it.
func stamps(line string, cuts []int) []int {
	slices.Sort(cuts)
	more := slices.Clone(cuts)
	for _, f := range dates.Find("", line) {
		m := stamp.FindString(line[f.Span.End:min(len(line), f.Span.End+stampSize)])
		if m == "" || len(f.Date) != len("2006-01-02") {
			continue
		}
		start, whole := dateStart(line, f.Span.Start)
		if !whole {
			start = f.Span.Start
		}
		end := f.Span.End + len(m)
		i, _ := slices.BinarySearch(cuts, end)
		if i == len(cuts) || cuts[i]-end > placeSize || len(strings.Fields(line[end:cuts[i]])) > placeWords {
			more = append(more, end)
		}
		if i, _ = slices.BinarySearch(cuts, start); i == 0 || start-cuts[i-1] > placeSize || !labelWords.are(line[cuts[i-1]:start]) {
			more = append(more, start)
		}
	}
	return more
}

// labels are where a page says when and where it was published.
func labels(line string) []int {
	var cuts []int
	for _, m := range label.FindAllStringIndex(line, -1) {
		if labelWords.are(line[m[0]:m[1]]) {
			cuts = append(cuts, m[0])
		}
	}
	return cuts
}

// points are where numbers count up from 1, and where words do.
func points(line string) []int {
	var cuts []int
	for _, m := range point.FindAllStringSubmatchIndex(line, -1) {
		if line[m[2]:m[3]] == strconv.Itoa(len(cuts)+1) {
			cuts = append(cuts, m[2])
		}
	}
	if len(cuts) < 3 {
		cuts = nil
	}
	for _, m := range begin.FindAllStringSubmatchIndex(line, -1) {
		if ordinals.are(line[m[2]:m[3]]) {
			cuts = append(cuts, m[2])
		}
	}
	return cuts
}

// titles are where the title begins and ends: the longest run of words that is
// there twice at the head of a page, which names it in its path and above its
// text.
func titles(head string) []int {
	words := wordSpans(head[:strings.LastIndexByte(head, ' ')+1])
	best, first, second := headWords-1, 0, 0
	above := firstStop(head) // behind it are sentences, which are no titles
	for i := range words {
		if words[i].Start > above {
			break
		}
		for j := i + 1; j < len(words); j++ {
			n := 0
			for j+n < len(words) && i+n < j && head[words[i+n].Start:words[i+n].End] == head[words[j+n].Start:words[j+n].End] {
				n++
			}
			if n > best && startsUpper(head[words[i].Start:]) {
				best, first, second = n, i, j
			}
		}
	}
	if second == 0 {
		return nil
	}
	ends := func(i int) int { return words[i+best-1].End }
	return []int{words[first].Start, ends(first), words[second].Start, ends(second)}
}

func startsUpper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// wordSpans are the runs of a text between spaces.
func wordSpans(text string) []search.Span {
	var spans []search.Span
	at := 0
	for w := range strings.SplitAfterSeq(text, " ") {
		if bare := strings.TrimSpace(w); bare != "" {
			spans = append(spans, search.Span{Start: at, End: at + len(bare)})
		}
		at += len(w)
	}
	return spans
}

// cited cuts a part between sentences where it is too long to be cited.
func cited(line string, at, end int) []search.Span {
	var spans []search.Span
	if utf8.RuneCountInString(line[at:end]) > longestPart {
		for _, m := range stop.FindAllStringSubmatchIndex(line[at:end], -1) {
			next := at + strings.LastIndexByte(line[at:at+m[1]], ' ') + 1
			from := spanEnd(spans, at)
			if !shortened(line[from:next]) && utf8.RuneCountInString(line[from:next]) >= partSize && utf8.RuneCountInString(line[next:end]) >= partSize/2 {
				spans = append(spans, search.Span{Start: from, End: next})
			}
		}
	}
	rest := search.Span{Start: spanEnd(spans, at), End: end}
	for rest.Len() > 2*longest {
		next := endless(line, rest)
		spans = append(spans, search.Span{Start: rest.Start, End: next})
		rest.Start = next
	}
	return append(spans, rest)
}

// endless is where a text without the end of a sentence is cut: behind a space, or
// anywhere where there is none.
func endless(line string, span search.Span) int {
	at := span.Start
	for range longestPart {
		_, n := utf8.DecodeRuneInString(line[at:])
		at += n
	}
	if space := strings.LastIndexByte(line[span.Start:at], ' '); space > 0 {
		return span.Start + space + 1
	}
	return at
}

// shortened reports whether the full stop at the end of a text is that of an
// abbreviation.
func shortened(text string) bool {
	word := text[strings.LastIndexByte(strings.TrimRight(text, " "), ' ')+1:]
	return abbreviations.are(word)
}

func spanEnd(spans []search.Span, start int) int {
	if n := len(spans); n > 0 {
		return spans[n-1].End
	}
	return start
}
