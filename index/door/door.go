// Package door is the private entrance of a data directory: a Unix socket by
// which a process that serves the index is asked to bring it up to date, and
// tells how far it is. So there is one process that writes, one that knows at
// once what changed, and nothing to do for whoever indexes beside a server.
// Only the user whom the data directory belongs to can open it. It carries
// requests; package index does the work, and nobody is searched for here.
//
// The socket is private/index.sock, mode 0600, in a folder of mode 0700. What
// passes through it is a line of JSON each: the server says [hello], the client
// what it wants ([Request]), and the server then sends a [message] for every
// step, one now and then in between, and a last one with the report or what
// went wrong. A client that hangs up, or closes its half of the connection,
// ends the work that it asked for.
package door

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"demarche/index"
)

// ErrNobody says that no process serves the data directory.
var ErrNobody = errors.New("no server runs on this folder")

// Request is what a client wants.
type Request struct {
	// Paths are files and folders, absolute: the server may run elsewhere.
	Paths []string
	// Lexicon is the folder of own names and words, absolute; "" for none.
	Lexicon string
}

// hello is the first line, by which a client knows whom it talks to.
type hello struct {
	Protocol int
	// Format is the [index.Format] of the server.
	Format int
}

// protocol changes when the lines do.
const protocol = 1

// ours is what this program says.
var ours = hello{Protocol: protocol, Format: index.Format}

// message is one line of the server. An empty one says that it is still at it.
type message struct {
	Event  *index.Event  `json:",omitempty"`
	Report *index.Report `json:",omitempty"`
	// Done marks the last message. It has no Error when all went well.
	Done     bool   `json:",omitempty"`
	Error    string `json:",omitempty"`
	Busy     bool   `json:",omitempty"`
	Canceled bool   `json:",omitempty"`
}

const (
	// answerWithin is how long either side may take for what needs no work.
	answerWithin = 5 * time.Second
	// beat is how often the server says that it is still at it.
	beat = 2 * time.Second
	// silence is how long a server may say nothing before it counts as stuck.
	silence = 10 * beat
	// maxRequest bounds a request, in bytes: some hundred thousand paths.
	maxRequest = 16 << 20
	// maxAddress bounds the path of a socket, in bytes without the final zero:
	// the least that systems in use have.
	maxAddress = 103
)

// folder holds the socket of a data directory.
func folder(data string) string { return filepath.Join(data, "private") }

const socketName = "index.sock"

// reach calls do with a path of the socket that is short enough to be an
// address. A longer one is reached through a link in a temporary folder.
func reach(data string, do func(path string) error) error {
	path := filepath.Join(folder(data), socketName)
	if len(path) <= maxAddress {
		return do(path)
	}
	dir, err := os.MkdirTemp("", "demarche")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	link := filepath.Join(dir, "d")
	if path = filepath.Join(link, socketName); len(path) > maxAddress {
		return fmt.Errorf("the path of the data folder is too long for a socket, and so is that of temporary files (%s): set TMPDIR to a shorter one", os.TempDir())
	}
	if err := os.Symlink(folder(data), link); err != nil {
		return err
	}
	return do(path)
}
