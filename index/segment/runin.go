package segment

import "demarche/search"

// runIn joins the headings that stand in the same block as their paragraph to it:
// a line in bold, and on the next line, with nothing between them, prose. They
// are how the paragraph begins, as in print. The first heading of a document is its
// title, wherever it stands.
func runIn(units []unit) []unit {
	joined := units[:0]
	begun := false
	for _, u := range units {
		n := len(joined)
		if begun && n > 0 && u.kind == paragraph && isRunIn(&joined[n-1], &u) {
			head := joined[n-1]
			joined[n-1] = withHeading(head, u)
			continue
		}
		begun = begun || u.kind == paragraph
		joined = append(joined, u)
	}
	return joined
}

// isRunIn reports whether head is the run-in heading of a paragraph.
func isRunIn(head, u *unit) bool {
	return head.kind == Heading && head.level == boldLine && !u.apart && u.number == "" && u.prose() && head.words <= headingWords
}

func withHeading(head, u unit) unit {
	u.span = search.Span{Start: head.span.Start, End: u.span.End}
	u.number = head.number
	u.text = head.text + " " + u.text
	u.words += head.words
	u.apart = head.apart
	return u
}
