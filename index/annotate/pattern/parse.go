package pattern

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tree is a pattern as written.
type tree interface{}

type (
	one  struct{ set int }     // a word of a set of the grammar
	look struct{ set, by int } // the word beside is of a set; by is -1 or 0
	part struct {
		tree tree
		id   int
	} // a part of the grammar
	all  []tree   // one after the other
	any1 []branch // either
	// branch is one of several trees; end is the set of the words with which it ends, -1
	// where it may be empty or end with any word.
	branch struct {
		tree tree
		end  int
	}
	saved struct {
		name string
		tree tree
	}
	repeat struct {
		tree     tree
		min, max int // max is -1 for no end
		few      bool
	}
)

// set is a set of words: those that meet the mask, or those that do not.
type set struct {
	mask Mask
	not  bool
}

type parser struct {
	grammar *Grammar
	text    string
	at      int
}

func (g *Grammar) parse(text string) (tree, error) {
	p := &parser{grammar: g, text: text}
	t, err := p.either()
	if err == nil && p.at < len(p.text) {
		err = p.errorf("%q is not expected here", p.text[p.at:])
	}
	return t, err
}

func (p *parser) errorf(format string, args ...any) error {
	return fmt.Errorf("column %d: %s", utf8.RuneCountInString(p.text[:p.at])+1, fmt.Sprintf(format, args...))
}

func (p *parser) peek() byte {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) either() (tree, error) {
	var branches any1
	for {
		t, err := p.sequence()
		if err != nil {
			return nil, err
		}
		branches = append(branches, branch{tree: t, end: p.grammar.ending(t)})
		if p.peek() != '|' {
			break
		}
		p.at++
	}
	if len(branches) == 1 {
		return branches[0].tree, nil
	}
	return branches, nil
}

func (p *parser) sequence() (tree, error) {
	var seq all
	for c := p.peek(); c != 0 && c != '|' && c != ')'; c = p.peek() {
		t, err := p.item()
		if err != nil {
			return nil, err
		}
		if t, err = p.repeated(t); err != nil {
			return nil, err
		}
		seq = append(seq, t)
	}
	switch len(seq) {
	case 0:
		return nil, p.errorf("something is missing")
	case 1:
		return seq[0], nil
	}
	return seq, nil
}

func (p *parser) item() (tree, error) {
	switch c := p.peek(); c {
	case '(':
		return p.group("")
	case '[':
		s, err := p.set()
		return one{p.grammar.set(s)}, err
	case '.':
		p.at++
		return one{p.grammar.set(set{not: true})}, nil
	case '<', '>':
		p.at++
		if p.peek() != '[' {
			return nil, p.errorf("a set in [ ] must follow %q", string(c))
		}
		s, err := p.set()
		return look{set: p.grammar.set(s), by: map[byte]int{'<': -1, '>': 0}[c]}, err
	}
	name := p.name()
	if name == "" {
		return nil, p.errorf("%q is not expected here", p.text[p.at:])
	}
	if p.at < len(p.text) && p.text[p.at] == '(' {
		return p.group(name)
	}
	if part, ok := p.grammar.parts[name]; ok {
		return part, nil
	}
	c, err := p.class(name)
	return one{p.grammar.set(set{mask: Of(c)})}, err
}

// group reads ( … ), remembered where it has a name.
func (p *parser) group(name string) (tree, error) {
	p.at++
	t, err := p.either()
	if err != nil {
		return nil, err
	}
	if p.peek() != ')' {
		return nil, p.errorf("a ) is missing")
	}
	p.at++
	if name != "" {
		t = saved{name: name, tree: t}
	}
	return t, nil
}

func (p *parser) set() (set, error) {
	var s set
	p.at++
	if p.at < len(p.text) && p.text[p.at] == '^' {
		s.not = true
		p.at++
	}
	for p.peek() != ']' {
		name := p.name()
		if name == "" {
			return s, p.errorf("a ] or a name is missing")
		}
		c, err := p.class(name)
		if err != nil {
			return s, err
		}
		s.mask = s.mask.Or(Of(c))
	}
	p.at++
	return s, nil
}

func (p *parser) class(name string) (Class, error) {
	if _, ok := p.grammar.parts[name]; ok {
		return 0, p.errorf("%s is a part, not a class of words", name)
	}
	if strings.ToUpper(name) == name {
		c, ok := p.grammar.classes[name]
		if !ok {
			return 0, p.errorf("there is no class or part %s", name)
		}
		return c, nil
	}
	if err := p.grammar.literal(name); err != nil {
		return 0, p.errorf("%v", err)
	}
	return p.grammar.classes[name], nil
}

// name reads a run of letters, with a "*" behind words.
func (p *parser) name() string {
	p.peek()
	start := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsLetter(r) && r != '_' && r != '\'' && !unicode.IsDigit(r) {
			break
		}
		p.at += size
	}
	word := p.text[start:p.at]
	if p.at < len(p.text) && p.text[p.at] == '*' && word != strings.ToUpper(word) {
		p.at++
	}
	return p.text[start:p.at]
}

func (p *parser) repeated(t tree) (tree, error) {
	r := repeat{tree: t}
	switch p.peekHere() {
	case '?':
		r.max = 1
	case '*':
		r.max = -1
	case '+':
		r.min, r.max = 1, -1
	case '{':
		if err := p.bounds(&r); err != nil {
			return nil, err
		}
	default:
		return t, nil
	}
	p.at++
	if p.peekHere() == '?' {
		r.few = true
		p.at++
	}
	return r, nil
}

func (p *parser) peekHere() byte {
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// maxRepeat bounds the counts in { }: a sentence is seldom longer.
const maxRepeat = 50

func (p *parser) bounds(r *repeat) error {
	end := strings.IndexByte(p.text[p.at:], '}')
	if end < 0 {
		return p.errorf("a } is missing")
	}
	low, high, ok := strings.Cut(p.text[p.at+1:p.at+end], ",")
	if !ok {
		high = low
	}
	var errLow, errHigh error
	r.min, errLow = strconv.Atoi(strings.TrimSpace(low))
	r.max, errHigh = strconv.Atoi(strings.TrimSpace(high))
	if errLow != nil || errHigh != nil || r.min < 0 || r.max < r.min || r.max > maxRepeat {
		return p.errorf("{m,n} needs 0 <= m <= n <= %d", maxRepeat)
	}
	p.at += end
	return nil
}
