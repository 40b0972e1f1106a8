package query

import "strings"

// Limits bound what a query may ask for. Of a limit that is 0, the default
// holds.
type Limits struct {
	// Bytes is the length of the query in UTF-8.
	Bytes int
	// Terms counts words, prefixes, words of phrases and fields.
	Terms int
	// Depth counts parentheses within parentheses.
	Depth int
}

// DefaultLimits leave room for a long sentence in any of the languages, and
// keep the dearest query cheap.
var DefaultLimits = Limits{Bytes: 512, Terms: 32, Depth: 5}

// MaxDistance is the greatest distance of NEAR and of a phrase with "~".
const MaxDistance = 100

func (l Limits) orDefault() Limits {
	for _, f := range []struct {
		limit    *int
		standard int
	}{{&l.Bytes, DefaultLimits.Bytes}, {&l.Terms, DefaultLimits.Terms}, {&l.Depth, DefaultLimits.Depth}} {
		if *f.limit == 0 {
			*f.limit = f.standard
		}
	}
	return l
}

// Parse reads a query. An empty one is a nil Node. The error is an [*Error].
func Parse(s string, limits Limits) (Node, error) {
	limits = limits.orDefault()
	if len(s) > limits.Bytes {
		return nil, tooLong(s, limits)
	}
	in := newInput(s)
	n, f := parse(in, limits)
	if f != nil {
		return nil, in.error(f, suggestion(in.runes, f, limits))
	}
	return n, nil
}

// parse reads in, or returns the first fault of it.
func parse(in input, limits Limits) (Node, *fault) {
	tokens, f := lex(in, limits)
	if f != nil {
		return nil, f
	}
	p := &parser{tokens: tokens, limits: limits}
	if p.peek().kind == end {
		return nil, nil
	}
	n, f := p.or(0)
	if f != nil {
		return nil, f
	}
	if t := p.peek(); t.kind == closing {
		return nil, newFault("unbalanced_close", t.start, t.end, nil).remove(t.start, t.end)
	}
	return n, nil
}

// parser reads tokens by recursive descent, a method for each rule of the
// grammar.
type parser struct {
	tokens []token
	next   int
	limits Limits
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.kind != end {
		p.next++
	}
	return t
}

func (p *parser) or(depth int) (Node, *fault) {
	first, f := p.and(depth)
	if f != nil {
		return nil, f
	}
	nodes := alternatives(nil, first)
	for p.peek().kind == orOperator {
		operator := p.take()
		if f := p.wantsOperand(operator); f != nil {
			return nil, f
		}
		n, f := p.and(depth)
		if f != nil {
			return nil, f
		}
		nodes = alternatives(nodes, n)
	}
	if len(nodes) == 1 {
		return nodes[0], nil
	}
	return Or{nodes}, nil
}

// alternatives appends n, or its nodes where it is an Or itself.
func alternatives(nodes []Node, n Node) []Node {
	if or, ok := n.(Or); ok {
		return append(nodes, or.Nodes...)
	}
	return append(nodes, n)
}

func (p *parser) and(depth int) (Node, *fault) {
	var nodes []Node
	for {
		if len(nodes) > 0 && p.peek().kind == andOperator {
			operator := p.take()
			if f := p.wantsOperand(operator); f != nil {
				return nil, f
			}
		}
		n, f := p.not(depth)
		if f != nil {
			return nil, f
		}
		if and, ok := n.(And); ok {
			nodes = append(nodes, and.Nodes...)
		} else {
			nodes = append(nodes, n)
		}
		if k := p.peek().kind; k == end || k == closing || k == orOperator {
			break
		}
	}
	if len(nodes) == 1 {
		return nodes[0], nil
	}
	return And{nodes}, nil
}

// wantsOperand is a fault where nothing follows operator that it could apply to.
func (p *parser) wantsOperand(operator token) *fault {
	switch p.peek().kind {
	case end, closing, andOperator, orOperator, nearOperator:
		return missingOperand(operator)
	}
	return nil
}

func missingOperand(operator token) *fault {
	return newFault("missing_operand", operator.start, operator.end, args{"operator": operator.text}).
		remove(operator.start, operator.end)
}

func (p *parser) not(depth int) (Node, *fault) {
	if k := p.peek().kind; k != notOperator && k != minus {
		return p.near(depth)
	}
	operator := p.take()
	if f := p.wantsOperand(operator); f != nil {
		return nil, f
	}
	n, f := p.not(depth)
	if f != nil {
		return nil, f
	}
	if inner, ok := n.(Not); ok {
		return inner.Node, nil
	}
	return Not{n}, nil
}

func (p *parser) near(depth int) (Node, *fault) {
	start := p.peek().start
	left, f := p.atom(depth)
	if f != nil || p.peek().kind != nearOperator {
		return left, f
	}
	operator := p.take()
	if f := p.wantsOperand(operator); f != nil {
		return nil, f
	}
	right, f := p.atom(depth)
	if f != nil {
		return nil, f
	}
	if t := p.peek(); t.kind == nearOperator {
		return nil, newFault("near_chain", t.start, t.end, args{"operator": t.text}).replace(t.start, t.end, "AND")
	}
	n := Near{left, right, operator.distance}
	return n, checkNear(n, operator, start, p.tokens[p.next-1].end)
}

func (p *parser) atom(depth int) (Node, *fault) {
	t := p.take()
	switch t.kind {
	case term:
		return t.node, nil
	case opening:
		return p.group(t, depth+1)
	case closing:
		return nil, newFault("unbalanced_close", t.start, t.end, nil).remove(t.start, t.end)
	}
	return nil, missingOperand(t)
}

func (p *parser) group(open token, depth int) (Node, *fault) {
	if depth > p.limits.Depth {
		return nil, newFault("too_deep", open.start, open.end, args{"limit": number(p.limits.Depth)}).
			remove(open.start, open.end)
	}
	switch t := p.peek(); t.kind {
	case closing:
		return nil, newFault("empty_group", open.start, t.end, nil).remove(open.start, t.end)
	case end:
		return nil, unclosed(open)
	}
	n, f := p.or(depth)
	if f != nil {
		return nil, f
	}
	if t := p.take(); t.kind != closing {
		return nil, unclosed(open)
	}
	return n, nil
}

func unclosed(open token) *fault {
	return newFault("unbalanced_open", open.start, open.end, nil).insertAtEnd(")")
}

// maxForms bounds the wordings that one side of a Near stands for: engines
// look each of them up.
const maxForms = 64

// checkNear reports what Near cannot stand beside. The query from start to stop
// is the whole of it.
func checkNear(n Near, operator token, start, stop int) *fault {
	for _, side := range []Node{n.Left, n.Right} {
		forms, ok := formsOf(side)
		if !ok {
			return newFault("near_operand", start, stop, args{"operator": operator.text, "side": side.String()}).
				replace(operator.start, operator.end, "AND")
		}
		if forms > maxForms {
			return newFault("near_forms", start, stop, args{"limit": number(maxForms)}).
				replace(operator.start, operator.end, "AND")
		}
	}
	return nil
}

// formsOf counts the wordings that a side of a Near stands for; not ok when it
// cannot be one.
func formsOf(n Node) (forms int, ok bool) {
	switch n := n.(type) {
	case Word, Prefix:
		return 1, true
	case Phrase:
		forms = 1
		for _, s := range n.Slots {
			// Past the limit the number does not matter, but must not overflow.
			forms = min(forms*max(1, len(s.Alternatives)), maxForms+1)
		}
		return forms, n.Slop == 0
	case Or:
		for _, n := range n.Nodes {
			f, ok := formsOf(n)
			if !ok {
				return 0, false
			}
			forms += f
		}
		return forms, true
	}
	return 0, false
}

func quoted(s string) string { return `"` + strings.TrimSpace(s) + `"` }
