package eval

import "strings"

// paragraphBounds compares paragraphs with blocks.
func (c *comparison) paragraphBounds() {
	if !c.placed {
		return
	}
	for i, u := range c.units {
		found := c.joined(i)
		right := 0
		for _, p := range found {
			if !u.noise && u.matches(p, c.view) {
				right++
				c.addAt(i, Finding{Measure: Paragraphs, Kind: hit})
				continue
			}
			c.addAt(i, Finding{Measure: Paragraphs, Kind: FalseAlarm, Paragraph: p.Position, Words: beginning(p.Text)})
		}
		if !u.noise && right == 0 {
			c.addAt(i, Finding{Measure: Paragraphs, Kind: Miss, Paragraph: c.positionIn(i), Words: beginning(u.text)})
		}
	}
}

// joined are the paragraphs of a unit; those of a unit that holds several are one.
func (c *comparison) joined(unit int) []paragraph {
	var found []paragraph
	for _, p := range c.paragraphs {
		if p.unit != unit {
			continue
		}
		if n := len(found); n > 0 && c.units[unit].several {
			found[n-1].at.to = p.at.to
			continue
		}
		found = append(found, p)
	}
	return found
}

// matches reports whether a paragraph is the whole of a unit, whose printed number
// may stand before it.
func (u unit) matches(p paragraph, v view) bool {
	if p.at.to != u.at.to || p.at.from < u.at.from {
		return false
	}
	before := v.text(stretch{u.at.from, p.at.from})
	return before == "" || before == look(p.Number).letters
}

// wordsShown is how many characters of a paragraph a finding shows.
const wordsShown = 80

// beginning are the first characters of a text, white space collapsed.
func beginning(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= wordsShown {
		return string(runes)
	}
	return string(runes[:wordsShown-1]) + "…"
}
