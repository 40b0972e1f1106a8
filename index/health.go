package index

import (
	"fmt"
	"strings"
	"sync"
)

// Health says how an index that is served is.
type Health struct {
	// Generation is the number of the generation that answers.
	Generation int
	// Mending says that a damaged store or index is being made again.
	Mending bool
	// Problem says what is wrong, in words for whoever runs the server; "" when
	// all is well.
	Problem string
}

// condition is the part of a [Health] that changes.
type condition struct {
	mu      sync.Mutex
	mending bool
	problem string
	lost    string
}

// lose says for as long as the process lives that files are lost.
func (c *condition) lose(files []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.problem = ""
	c.lost = fmt.Sprintf("%d stored files are lost and have to be indexed again, %s first: see the log", len(files), files[0])
}

// wrong says what is wrong now.
func (c *condition) wrong(problem string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.problem = problem
}

func (c *condition) right() { c.wrong("") }

// mend says, where something is wrong, that it is being mended until done is
// called.
func (c *condition) mend() (done func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mending = c.problem != ""
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.mending = false
	}
}

// Health says how the index is.
func (l *Live) Health() Health {
	c := &l.health
	c.mu.Lock()
	defer c.mu.Unlock()
	return Health{Generation: l.current.Load().number, Mending: c.mending, Problem: strings.TrimSpace(c.problem + " " + c.lost)}
}
