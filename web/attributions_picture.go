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
	// Left is how many parties have no room.
	Left int
}

// flowNode is an end of ribbons. Code is its ID.
type flowNode struct {
	Name, Code, Href string
	Count            int
	Top, Height      float64
	// used is how much of the height has ribbons already.
	used float64
	sum  int
}

// Short is the code as narrow screens show it.
func (n flowNode) Short() string {
	if n.Code == search.NoValue {
		return "?"
	}
	return strings.ToUpper(n.Code)
}

// Middle is the height of the label.
func (n flowNode) Middle() float64 { return n.Top + n.Height/2 }

// flowLink is a pair with a ribbon for each stance.
type flowLink struct {
	Name, Href  string
	Own, Report int
	Ribbons     []ribbon
}

// Count is of both stances.
func (l flowLink) Count() int { return l.Own + l.Report }

type ribbon struct {
	Stance search.Stance
	Path   string
}

// Measures of the picture, in pixels.
const (
	flowParties = 14 // as many as a glance takes in
	flowLeast   = 24 // of a node, so that its label can be read and hit
	flowGap     = 6
	flowHeight  = 280
)

// newFlow is nil where one pair is all there is: that needs no picture.
func newFlow(f *findings, l layout, printer *locale.Printer) *flow {
	pairs := f.pairs(l)
	parties, whoms := map[string]int{}, map[string]int{}
	for _, p := range pairs {
		parties[p.By] += p.own + p.reported
		whoms[p.Whom] += p.own + p.reported
	}
	shown := byCount(parties)
	if len(shown) > flowParties {
		shown = shown[:flowParties]
	}
	pairs = slices.DeleteFunc(pairs, func(p pair) bool { return !slices.Contains(shown, p.By) })
	if len(pairs) < 2 {
		return nil
	}
	maps.DeleteFunc(whoms, func(whom string, _ int) bool {
		return !slices.ContainsFunc(pairs, func(p pair) bool { return p.Whom == whom })
	})
	whomField := "attributed_state"
	if l.Rows == "group" {
		whomField = "group"
	}
	only := func(field string) func(string) string {
		return func(v string) string { return l.path(f.params.Within(field, v)) }
	}
	out := &flow{Left: len(parties) - len(shown)}
	left := newNodes(pairs, shown, printer, only("attributed_by"), func(p pair) string { return p.By })
	right := newNodes(pairs, byCount(whoms), printer, only(whomField), func(p pair) string { return p.Whom })
	out.Height = max(flowHeight, height(len(left)), height(len(right)))
	place := map[string]int{}
	stack(left, out.Height)
	stack(right, out.Height)
	for i, n := range right {
		place[n.Code] = i
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(
			cmp.Compare(slices.Index(shown, a.By), slices.Index(shown, b.By)),
			cmp.Compare(place[a.Whom], place[b.Whom]))
	})
	for _, p := range pairs {
		from, to := &left[slices.Index(shown, p.By)], &right[place[p.Whom]]
		link := flowLink{
			Name: printer.Label("attribution", p.String()), Href: searchPath(f.params.Of(p.Relation)), Own: p.own, Report: p.reported,
		}
		link.ribbons(from, to)
		out.Links = append(out.Links, link)
	}
	out.Parties, out.Whoms = left, right
	return out
}

// pair is a relation with its counts over all years.
type pair struct {
	search.Relation
	own, reported int
}

// pairs are the relations of the layout that have a count.
func (f *findings) pairs(l layout) []pair {
	var out []pair
	for r, years := range f.relations(l.Rows != "group", false) {
		p := pair{Relation: r}
		own := r
		own.Stance = search.StanceOwn
		for _, y := range years {
			o := l.of(f.counts[yearOf{"attribution", own.String(), y}])
			p.own += o
			p.reported += l.of(f.counts[yearOf{"attribution", r.String(), y}]) - o
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.String(), b.String()) })
	return out
}

// byCount are the keys, the greatest count first.
func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

func newNodes(pairs []pair, ids []string, printer *locale.Printer, href func(string) string, end func(pair) string) []flowNode {
	nodes := mapped(ids, func(id string) flowNode { return flowNode{Name: printer.Party(id), Code: id, Href: href(id)} })
	for _, p := range pairs {
		nodes[slices.Index(ids, end(p))].sum += p.own + p.reported
	}
	return nodes
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
		nodes[i].Count = nodes[i].sum
		nodes[i].Height = flowLeast + spare*float64(nodes[i].sum)/float64(max(sum, 1))
		top += nodes[i].Height + flowGap
	}
}

// ribbons draws the link between two nodes, own attributions above reported ones.
func (l *flowLink) ribbons(from, to *flowNode) {
	for _, part := range []struct {
		stance search.Stance
		count  int
	}{{search.StanceOwn, l.Own}, {search.StanceReported, l.Report}} {
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
