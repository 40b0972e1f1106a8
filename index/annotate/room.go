package annotate

import (
	"sync"

	"demarche/index/annotate/pattern"
)

// room is where the sentences of a version are read into. It is used again for the next: what a
// sentence takes is a hundred times its text, and would be most of what reading allocates.
type room struct {
	symbols []symbol
	masks   []pattern.Mask
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// leave gives the room back: no sentence read into it may be used any more.
func (m *room) leave() {
	clear(m.symbols) // names hold on to the texts
	m.symbols, m.masks = m.symbols[:0], m.masks[:0]
	rooms.Put(m)
}

// sentence is an empty one with room for n symbols. There need be no room, for a line.
func (m *room) sentence(n int) *sentence {
	if m == nil {
		return &sentence{symbols: make([]symbol, 0, n), masks: make([]pattern.Mask, 0, n)}
	}
	const smallest = 4096 // symbols
	if len(m.symbols)+n > cap(m.symbols) {
		size := max(smallest, 2*cap(m.symbols), n)
		m.symbols, m.masks = make([]symbol, 0, size), make([]pattern.Mask, 0, size)
	}
	at := len(m.symbols)
	m.symbols, m.masks = m.symbols[:at+n], m.masks[:at+n]
	return &sentence{symbols: m.symbols[at : at : at+n], masks: m.masks[at : at : at+n]}
}
