package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"demarche/search"
	"demarche/web/locale"
)

// flow is the picture: parties on the left, whom they hold responsible on the right,
// and between them a ribbon a pair, as broad as its count. Lengths are in pixels from
// the top; across, the picture is as wide as the page lets it be.
type flow struct {
	Height  int
	Parties []flowNode
	Whoms   []flowNode
	Links   []flowLink
	// Left is how many names of either side have no room.
	Left int
}

// flowNode is an end of ribbons. Code is its ID.
type flowNode struct {
	Name, Code, Href string
	// Count counts each hit once, though it may have several ribbons; 0 where only
	// the ribbons are counted.
	Count       int
	Top, Height float64
	// sum is of the ribbons, used how much of the height they have already.
	sum  int
	used float64
}

// Short is the code as narrow screens show it.
func (n flowNode) Short() string {
	if n.Code == search.NoValue {
		return "?"
	}
	return strings.ToUpper(n.Code)
}

// labelLength is how many letters a third of the narrowest picture with names in
// full takes, beside a count.
const labelLength = 20

// Label is the name, cut at a word where it is too long for its place.
func (n flowNode) Label() string {
	letters := []rune(n.Name)
	if len(letters) <= labelLength {
		return n.Name
	}
	cut := string(letters[:labelLength])
	if at := strings.LastIndexAny(cut, " -"); at > 0 {
		cut = cut[:at]
	}
	return cut + "…"
}

// Middle is the height of the label.
func (n flowNode) Middle() float64 { return n.Top + n.Height/2 }

// flowLink is a pair with a ribbon for each stance.
type flowLink struct {
	Name, Href    string
	Own, Reported int
	Ribbons       []ribbon
}

// Count is of both stances.
func (l flowLink) Count() int { return l.Own + l.Reported }

type ribbon struct {
	Stance search.Stance
	Path   string
}

// Measures of the picture, in pixels.
const (
	flowEnds   = 14 // on either side, as many as a glance takes in
	flowLeast  = 24 // of a node, so that its label can be read and hit
	flowGap    = 6
	flowHeight = 280
)

// newFlow is nil where one pair is all there is: that needs no picture.
func newFlow(f *findings, l layout, printer *locale.Printer) *flow {
	by := func(p pair) string { return p.By }
	whom := func(p pair) string { return p.Whom }
	pairs := f.pairs(l)
	all := len(ends(pairs, by)) + len(ends(pairs, whom))
	pairs = withRoom(withRoom(pairs, by), whom)
	if len(pairs) < 2 {
		return nil
	}
	whomField := "attributed_state"
	if l.Rows == "group" {
		whomField = "group"
	}
	left := f.newNodes(pairs, by, "attributed_by", l, printer)
	right := f.newNodes(pairs, whom, whomField, l, printer)
	out := &flow{Height: max(flowHeight, height(len(left)), height(len(right))), Left: all - len(left) - len(right)}
	stack(left, out.Height)
	stack(right, out.Height)
	out.Links = f.newLinks(pairs, left, right, printer)
	out.Parties, out.Whoms = left, right
	return out
}

// ends are the parties, or whom they hold responsible, the greatest count first.
func ends(pairs []pair, end func(pair) string) []string {
	counts := map[string]int{}
	for _, p := range pairs {
		counts[end(p)] += p.count()
	}
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

// withRoom are the pairs of the greatest ends, as many as there is room for.
func withRoom(pairs []pair, end func(pair) string) []pair {
	shown := ends(pairs, end)
	shown = shown[:min(len(shown), flowEnds)]
	return slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return !slices.Contains(shown, end(p)) })
}

// pair is a relation with its counts over all years.
type pair struct {
	search.Relation
	own, reported int
}

func (p pair) count() int { return p.own + p.reported }

// pairs are the relations of the layout that have a count.
func (f *findings) pairs(l layout) []pair {
	var out []pair
	for r, years := range f.relations(l.Rows != "group", l.stance()) {
		p := pair{Relation: r}
		for _, y := range years {
			own := l.of(f.countOwn(r, y))
			p.own += own
			p.reported += l.of(f.count(r, y)) - own
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.String(), b.String()) })
	return out
}

// newNodes are the ends of pairs, which are values of a field.
func (f *findings) newNodes(pairs []pair, end func(pair) string, field string, l layout, printer *locale.Printer) []flowNode {
	ids := ends(pairs, end)
	nodes := mapped(ids, func(id string) flowNode {
		n := flowNode{Name: printer.Party(id), Code: id, Href: l.path(f.params.Within(field, id))}
		if l.stance() == "" {
			for _, year := range f.yearsOf(field, id) {
				n.Count += l.of(f.counts[yearOf{field, id, year}])
			}
		}
		return n
	})
	for _, p := range pairs {
		nodes[slices.Index(ids, end(p))].sum += p.count()
	}
	return nodes
}

// newLinks ties the nodes of pairs from top to bottom, so that ribbons cross as
// little as the order of the nodes allows.
func (f *findings) newLinks(pairs []pair, left, right []flowNode, printer *locale.Printer) []flowLink {
	at := func(nodes []flowNode, id string) int {
		return slices.IndexFunc(nodes, func(n flowNode) bool { return n.Code == id })
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(at(left, a.By), at(left, b.By)), cmp.Compare(at(right, a.Whom), at(right, b.Whom)))
	})
	return mapped(pairs, func(p pair) flowLink {
		link := flowLink{
			Name: printer.Label("attribution", search.Relation{By: p.By, Whom: p.Whom}.String()),
			Href: searchPath(f.params.Of(p.Relation)), Own: p.own, Reported: p.reported,
		}
		link.ribbons(&left[at(left, p.By)], &right[at(right, p.Whom)])
		return link
	})
}

func height(nodes int) int { return nodes*(flowLeast+flowGap) - flowGap }

// stack places nodes one below the other: each has the least height, and what is left
// of the whole is shared by their counts.
func stack(nodes []flowNode, whole int) {
	sum := 0
	for _, n := range nodes {
		sum += n.sum
	}
	spare, top := float64(whole-height(len(nodes))), 0.0
	for i := range nodes {
		nodes[i].Top = top
		nodes[i].Height = flowLeast + spare*float64(nodes[i].sum)/float64(max(sum, 1))
		top += nodes[i].Height + flowGap
	}
}

// ribbons draws the link between two nodes, own attributions above reported ones.
func (l *flowLink) ribbons(from, to *flowNode) {
	for _, part := range []struct {
		stance search.Stance
		count  int
	}{{search.StanceOwn, l.Own}, {search.StanceReported, l.Reported}} {
		if part.count == 0 {
			continue
		}
		a, b := from.take(part.count), from.Top+from.used
		c, d := to.take(part.count), to.Top+to.used
		l.Ribbons = append(l.Ribbons, ribbon{part.stance, fmt.Sprintf(
			"M0 %.1fC50 %.1f 50 %.1f 100 %.1fV%.1fC50 %.1f 50 %.1f 0 %.1fZ", a, a, c, c, d, d, b, b)})
	}
}

// take reserves room for a count and returns where it begins.
func (n *flowNode) take(count int) float64 {
	begin := n.Top + n.used
	n.used += n.Height * float64(count) / float64(max(n.sum, 1))
	return begin
}
