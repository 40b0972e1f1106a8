package faults

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// ledger is kept outside the program: what the program said that it has done,
// and what it was asked to do since. Revision 0 is a note that is removed.
type ledger struct {
	acknowledged map[string]int
	// asked are the revisions that were asked for after the one acknowledged,
	// in order; each of them may have been done or not.
	asked map[string][]int
}

func newLedger() ledger {
	return ledger{acknowledged: map[string]int{}, asked: map[string][]int{}}
}

func (l ledger) ask(note string, revision int) { l.asked[note] = append(l.asked[note], revision) }

// line is a line of what demarche index --json prints. A line that was cut by
// a kill acknowledges nothing.
type line struct {
	Stored string
	Report struct{ Removed []string }
}

// acknowledge takes down what the program printed before it ended.
func (l ledger) acknowledge(stdout string) {
	for text := range strings.Lines(stdout) {
		var said line
		if json.Unmarshal([]byte(text), &said) != nil || !strings.HasSuffix(text, "\n") {
			continue
		}
		for _, path := range append(said.Report.Removed, said.Stored) {
			note := strings.TrimSuffix(filepath.Base(path), ".md")
			if asked := l.asked[note]; len(asked) > 0 {
				l.acknowledged[note] = asked[len(asked)-1]
				delete(l.asked, note)
			}
		}
	}
}

// acknowledgeAll takes down that the program ended well: all that was asked is
// done.
func (l ledger) acknowledgeAll() {
	for note, asked := range l.asked {
		l.acknowledged[note] = asked[len(asked)-1]
	}
	clear(l.asked)
}

// check says which notes are not there as they must be.
func (l ledger) check(there map[string]int) error {
	var wrong []string
	for _, note := range slices.Sorted(maps.Keys(l.acknowledged)) {
		allowed := append([]int{l.acknowledged[note]}, l.asked[note]...)
		if !slices.Contains(allowed, there[note]) {
			wrong = append(wrong, fmt.Sprintf("%s is there in revision %d, not %v", note, there[note], allowed))
		}
	}
	for _, note := range slices.Sorted(maps.Keys(there)) {
		_, known := l.acknowledged[note]
		if !known && !slices.Contains(l.asked[note], there[note]) {
			wrong = append(wrong, fmt.Sprintf("%s is there in revision %d, which nobody asked for", note, there[note]))
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d notes are wrong: %s", len(wrong), strings.Join(wrong[:min(3, len(wrong))], "; "))
	}
	return nil
}
