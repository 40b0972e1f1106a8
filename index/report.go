package index

import (
	"slices"
	"strings"
	"sync"

	"demarche/index/source"
)

// Report says what a build did. Files are named by their paths.
type Report struct {
	// Read is the number of files whose bytes were read.
	Read int
	// Unchanged is the number of files that are in the index as they were.
	Unchanged               int
	Added, Updated, Removed []string
	// Refused are files, and parts of files, that are not in the index.
	Refused []source.Refusal
	// Annotated is the number of files that were understood anew.
	Annotated int
	// Lost are files that were stored once, whose bytes are damaged and which are
	// neither in an archive nor where they came from.
	Lost []string
	// Notes say what was amiss in the data directory and what was done about it.
	Notes []string
	// Incomplete says that a path given by name is among the refused.
	Incomplete bool
	// Statements and Paragraphs are what the index holds now.
	Statements, Paragraphs int
}

func (r *Report) renewed(path string, known bool) {
	if known {
		r.Updated = append(r.Updated, path)
	} else {
		r.Added = append(r.Added, path)
	}
}

func (r *Report) note(text string) {
	if text != "" {
		r.Notes = append(r.Notes, text)
	}
}

// sort puts files in order, whatever order they were read in.
func (r *Report) sort() {
	for _, list := range [][]string{r.Added, r.Updated, r.Removed, r.Lost} {
		slices.Sort(list)
	}
	slices.SortStableFunc(r.Refused, func(a, b source.Refusal) int { return strings.Compare(a.File, b.File) })
}

// Step is a part of a build, in words for a reader.
type Step string

// The steps of a build, in order.
const (
	Finding Step = "finding files"
	Reading Step = "reading files"
	// Understanding is for stored files that another version or other words read.
	Understanding Step = "reading stored files"
	Joining       Step = "joining versions"
	Writing       Step = "writing the index"
)

// Event says how far a build is.
type Event struct {
	Step Step
	// Done and Total count files or paragraphs; Total is 0 for a step that is
	// not counted.
	Done, Total int
	// Stored are the paths of files that are safe from now on: they are in the
	// store, and the store is on disk.
	Stored []string `json:",omitempty"`
}

// steps passes on how far a build is, from many goroutines to one callback at
// a time.
type steps struct {
	mu   sync.Mutex
	tell func(Event)
	now  Event
}

func (s *steps) begin(step Step, total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = Event{Step: step, Total: total}
	s.say()
}

// reached says that done of the step's total is done. An event never goes back.
func (s *steps) reached(done int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if done > s.now.Done {
		s.now.Done = done
		s.say()
	}
}

// stored says that files are safe.
func (s *steps) stored(done int, files []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now.Done = max(s.now.Done, done)
	if len(files) > 0 {
		s.now.Stored = files
		s.say()
		s.now.Stored = nil
	}
}

func (s *steps) say() {
	if s.tell != nil {
		s.tell(s.now)
	}
}
