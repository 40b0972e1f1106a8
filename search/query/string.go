package query

import "strings"

func (n And) String() string { return join(n.Nodes, " ", inAnd) }
func (n Or) String() string  { return join(n.Nodes, " OR ", Node.String) }

func (n Not) String() string {
	switch n.Node.(type) {
	case And, Or:
		return "-(" + n.Node.String() + ")"
	case Near:
		return "NOT " + n.Node.String()
	}
	return "-" + n.Node.String()
}

func (n Word) String() string { return n.Text }

func (n Prefix) String() string {
	if n.Words > 0 {
		return n.Text + "*" + number(n.Words)
	}
	return n.Text + "*"
}

func (n Phrase) String() string {
	slots := make([]string, len(n.Slots))
	for i, s := range n.Slots {
		slots[i] = s.String()
	}
	text := `"` + strings.Join(slots, " ") + `"`
	switch {
	case n.Slop > 0:
		return text + "~" + number(n.Slop)
	case n.Inflected:
		return text + "~"
	}
	return text
}

// String is the slot as it stands in a phrase.
func (s Slot) String() string {
	switch len(s.Alternatives) {
	case 0:
		return "*"
	case 1:
		return s.Alternatives[0]
	}
	return "(" + strings.Join(s.Alternatives, "|") + ")"
}

func (n Near) String() string {
	return inAnd(n.Left) + " NEAR/" + number(n.Distance) + " " + inAnd(n.Right)
}

func (n Field) String() string { return n.Name + ":" + n.value() }

func (n Field) value() string {
	switch {
	case n.Text != nil:
		return n.Text.String()
	case n.Value == "" && n.From == n.To:
		return n.From
	case n.Value == "":
		return n.From + ".." + n.To
	case isBare(n.Value):
		return n.Value
	}
	return quoted(n.Value)
}

// isBare reports whether a value reads back without quotes.
func isBare(value string) bool {
	runes := []rune(value)
	for _, r := range runes {
		if !isWord(r) && !strings.ContainsRune("-_.", r) {
			return false
		}
	}
	return isWord(runes[0]) && isWord(runes[len(runes)-1])
}

// inAnd is n where OR would take in more than n.
func inAnd(n Node) string {
	if _, ok := n.(Or); ok {
		return "(" + n.String() + ")"
	}
	return n.String()
}

func join(nodes []Node, separator string, text func(Node) string) string {
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		texts[i] = text(n)
	}
	return strings.Join(texts, separator)
}
