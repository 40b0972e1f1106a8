package web

import (
	"container/list"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// DefaultConnections is how many connections a server holds at a time: several
// seconds of more requests than it can answer, in less than 100 MB and under
// the descriptors that a process commonly may have.
const DefaultConnections = 4000

// Bound holds a server to a number of connections. Where one more comes, the
// one that has waited longest for its reader to ask something is closed:
// those who open connections and send nothing, or one byte at a time, or do not
// take what they asked for, push out each other, and a reader who asks is
// answered. A connection whose answer is being made is never closed; where all
// are such, the new one is.
func Bound(s *http.Server, limit int) {
	b := &connections{limit: limit, known: map[net.Conn]*list.Element{}, waiting: list.New()}
	s.ConnState = b.changed
	s.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, connectionKey{}, c)
	}
	next := s.Handler
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		receive(w, r)
		if c, ok := r.Context().Value(connectionKey{}).(net.Conn); ok {
			b.answering(c)
			w = &sending{w, func() { b.sends(c) }}
		}
		next.ServeHTTP(w, r)
	})
}

type connectionKey struct{}

// receive reads the body of a request, which nobody here wants, so that one
// whose body does not come still waits, and counts as answered only when no
// more is to come. Of a body that is too long no more is waited for: net/http
// would read on when the answer is made.
func receive(w http.ResponseWriter, r *http.Request) {
	n, err := int64(0), error(nil)
	if r.ContentLength <= maxBody {
		n, err = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody+1))
	}
	switch tooLong := n > maxBody || r.ContentLength > maxBody; {
	case tooLong:
		r.ContentLength = max(n, r.ContentLength)
	case err == nil:
		return
	}
	// Where the connection knows no deadlines, it is not one of the network.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now())
}

// connections are all open connections of a server.
type connections struct {
	limit int

	mu sync.Mutex
	// known has nil for a connection whose answer is being made, and else its
	// place in waiting.
	known map[net.Conn]*list.Element
	// waiting are the others, the longest first. A connection waits from its
	// beginning until a request on it was read with its body, and from when an
	// answer begins to be sent.
	waiting *list.List
}

func (b *connections) changed(c net.Conn, to http.ConnState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch to {
	case http.StateNew:
		b.known[c] = b.waiting.PushBack(c)
		if len(b.known) > b.limit {
			b.closeLongest()
		}
	case http.StateIdle:
		b.wait(c)
	case http.StateHijacked, http.StateClosed:
		b.forget(c)
	}
}

// answering says that a request was read.
func (b *connections) answering(c net.Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if place := b.known[c]; place != nil {
		b.waiting.Remove(place)
		b.known[c] = nil
	}
}

// sends says that an answer begins to be sent.
func (b *connections) sends(c net.Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wait(c)
}

// wait puts a connection last among those that wait, unless it was closed.
func (b *connections) wait(c net.Conn) {
	place, ok := b.known[c]
	switch {
	case !ok:
	case place == nil:
		b.known[c] = b.waiting.PushBack(c)
	default:
		b.waiting.MoveToBack(place)
	}
}

// sending is an answer that tells when it begins to be sent: whoever asked has
// to take it in then.
type sending struct {
	http.ResponseWriter
	begins func()
}

func (s *sending) Write(p []byte) (int, error) {
	s.begins()
	return s.ResponseWriter.Write(p)
}

// Flush is for those who ask for an [http.Flusher]. What cannot be flushed is
// sent when the answer ends.
func (s *sending) Flush() {
	s.begins()
	_ = http.NewResponseController(s.ResponseWriter).Flush()
}

// Unwrap is for [http.ResponseController].
func (s *sending) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// closeLongest closes the connection that waits longest. There is one: the
// connection that came last waits.
func (b *connections) closeLongest() {
	c := b.waiting.Front().Value.(net.Conn)
	b.forget(c)
	// The server that reads from it sees that it is closed; there is nobody to
	// tell of an error.
	_ = c.Close()
}

func (b *connections) forget(c net.Conn) {
	if place := b.known[c]; place != nil {
		b.waiting.Remove(place)
	}
	delete(b.known, c)
}
