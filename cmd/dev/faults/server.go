package faults

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// server is the program as it serves a data folder.
type server struct {
	*process
	// site is its address, as in http://127.0.0.1:1234.
	site   string
	client *http.Client
	// ready is how long it took from its start until it answered.
	ready time.Duration
	// starved is how long one of its threads waited meanwhile for a processor
	// that was busy, at most.
	starved time.Duration
}

// address is where a server says that it serves.
var address = regexp.MustCompile(`http://[0-9.:]+`)

// startWithin is how long a server may take until it answers before it counts
// as hung; what is promised is for the faults to say.
const startWithin = 20 * time.Second

// serve starts the program on a data folder and waits until it answers. An
// error for a server that ended is an [*ended].
func (l *Lab) serve(ctx context.Context, data string, more ...string) (*server, error) {
	return l.serveBy(ctx, []string{l.Program}, data, more...)
}

// serveBy is serve under a program that runs the program, such as strace.
func (l *Lab) serveBy(ctx context.Context, by []string, data string, more ...string) (*server, error) {
	line := append(by, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data, "--log-level", "warn"}, more...)...)
	p, err := l.begin(line)
	if err != nil {
		return nil, err
	}
	s := &server{process: p, client: newClient("")}
	if err := s.await(ctx); err != nil {
		p.kill()
		return nil, err
	}
	s.ready = time.Since(p.began)
	s.starved = p.starved()
	return s, nil
}

// ended says that a server ended by itself.
type ended struct{ ending }

func (e *ended) Error() string {
	return fmt.Sprintf("the server ended with status %d: %s", e.code, tail(e.stderr, 400))
}

func (s *server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	for {
		if s.site = address.FindString(s.stdout.String()); s.site != "" {
			return s.awaitHealth(ctx)
		}
		select {
		case <-s.stdout.more:
		case <-s.process.ended:
			return &ended{s.ending()}
		case <-ctx.Done():
			return fmt.Errorf("the server did not say within %v where it serves: %s", startWithin, tail(s.stderr.String(), 400))
		}
	}
}

func (s *server) awaitHealth(ctx context.Context) error {
	a, err := s.get(ctx, "/healthz")
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("/healthz answers %d", a.status)
	}
	return err
}

// stop asks the server to end, as a machine that shuts down does, and wants
// it to do so well.
func (s *server) stop() error {
	s.client.CloseIdleConnections()
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGTERM) // it may be gone
	select {
	case <-s.process.ended:
		return s.ending().did()
	case <-time.After(patience):
		s.kill()
		return fmt.Errorf("it did not end within %v of the signal", patience)
	}
}

// answer is what a server answers.
type answer struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

func (s *server) get(ctx context.Context, path string) (answer, error) {
	return get(ctx, s.client, s.site+path)
}

func get(ctx context.Context, c *http.Client, url string) (answer, error) {
	began := time.Now()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer{}, err
	}
	response, err := c.Do(request)
	if err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(response.Body)
	err = errors.Join(err, response.Body.Close())
	return answer{response.StatusCode, response.Header, body, time.Since(began)}, err
}

// newClient makes a client that keeps its connections; from is the address
// that it asks from, "" for any.
func newClient(from string) *http.Client {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	if from != "" {
		dialer.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	return &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, MaxIdleConnsPerHost: 1024, DisableCompression: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// descriptors is how many files and connections the server has open.
func (p *process) descriptors() (int, error) {
	entries, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "fd"))
	return len(entries), err
}

// starved is the longest that a thread of the process has waited so far for a
// processor; 0 where the kernel does not say.
func (p *process) starved() time.Duration {
	threads, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "task", "*", "schedstat"))
	var most time.Duration
	for _, thread := range threads {
		var ran, waited int64
		text, err := os.ReadFile(thread)
		if err != nil {
			continue // the thread has ended
		}
		if _, err := fmt.Sscan(string(text), &ran, &waited); err == nil {
			most = max(most, time.Duration(waited))
		}
	}
	return most
}

// memory reads a line of /proc/PID/status, as VmHWM, in bytes.
func (p *process) memory(line string) (int, error) {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "status"))
	if err != nil {
		return 0, err
	}
	m := regexp.MustCompile(`(?m)^` + line + `:\s+(\d+) kB$`).FindSubmatch(status)
	if m == nil {
		return 0, fmt.Errorf("/proc has no %s", line)
	}
	kb, err := strconv.Atoi(string(m[1]))
	return kb << 10, err
}
