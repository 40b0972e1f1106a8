package door

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"demarche/index"
	"demarche/index/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// open opens the door of a new data directory.
func open(t *testing.T, work Work) (data string) {
	t.Helper()
	data = t.TempDir()
	d, err := Open(t.Context(), data, work, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return data
}

func nothing(context.Context, Request, func(index.Event)) (index.Report, error) {
	return index.Report{}, nil
}

func silent(index.Event) {}

func TestAskTellsAllThatTheWorkSays(t *testing.T) {
	request := Request{Paths: []string{"/files/a b", "/files/é"}, Lexicon: "/words"}
	want := index.Report{
		Read: 3, Unchanged: 1, Added: []string{"/files/é"}, Statements: 2, Paragraphs: 9, Incomplete: true,
		Refused: []source.Refusal{{File: "/files/a b", Reason: "it is empty"}},
	}
	events := []index.Event{{Step: index.Finding}, {Step: index.Reading, Total: 3}, {Step: index.Reading, Done: 3, Total: 3}, {Step: index.Writing, Total: 9}}
	data := open(t, func(_ context.Context, r Request, tell func(index.Event)) (index.Report, error) {
		if diff := cmp.Diff(request, r); diff != "" {
			t.Error(diff)
		}
		for _, e := range events {
			tell(e)
		}
		return want, nil
	})
	var told []index.Event
	got, err := Ask(t.Context(), data, request, func(e index.Event) { told = append(told, e) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(events, told); diff != "" {
		t.Error(diff)
	}
}

// TestProgressIsThinnedOut holds that what is said thousands of times a second
// is not, but for files that are safe.
func TestProgressIsThinnedOut(t *testing.T) {
	const files = 100_000
	data := open(t, func(_ context.Context, _ Request, tell func(index.Event)) (index.Report, error) {
		for i := range files + 1 {
			e := index.Event{Step: index.Reading, Done: i, Total: files}
			if i%1000 == 1 {
				e.Stored = []string{"/files/a"}
			}
			tell(e)
		}
		return index.Report{}, nil
	})
	var told []index.Event
	if _, err := Ask(t.Context(), data, Request{}, func(e index.Event) { told = append(told, e) }); err != nil {
		t.Fatal(err)
	}
	safe := 0
	for _, e := range told {
		safe += len(e.Stored)
	}
	if safe != files/1000 {
		t.Errorf("%d files are said to be safe, want %d", safe, files/1000)
	}
	if len(told) > files/10 || told[0].Done != 0 || told[len(told)-1].Done != files {
		t.Errorf("%d events, from %+v to %+v", len(told), told[0], told[len(told)-1])
	}
}

func TestTwoAtOnce(t *testing.T) {
	began, finish := make(chan bool), make(chan bool)
	data := open(t, func(context.Context, Request, func(index.Event)) (index.Report, error) {
		began <- true
		<-finish
		return index.Report{}, nil
	})
	first := make(chan error)
	go func() {
		_, err := Ask(t.Context(), data, Request{}, silent)
		first <- err
	}()
	<-began
	if _, err := Ask(t.Context(), data, Request{}, silent); !errors.Is(err, index.ErrBusy) {
		t.Errorf("the second was told %v", err)
	}
	finish <- true
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestErrorsOfTheWork(t *testing.T) {
	for name, fails := range map[string]error{"busy": index.ErrBusy, "full": errors.New("the disk is full")} {
		t.Run(name, func(t *testing.T) {
			data := open(t, func(context.Context, Request, func(index.Event)) (index.Report, error) {
				return index.Report{Read: 1}, fails
			})
			report, err := Ask(t.Context(), data, Request{}, silent)
			if err == nil || !strings.Contains(err.Error(), fails.Error()) || errors.Is(err, index.ErrBusy) != errors.Is(fails, index.ErrBusy) {
				t.Errorf("told %v", err)
			}
			if report.Read != 1 {
				t.Errorf("report %+v", report)
			}
		})
	}
}

func TestDefectOfTheWork(t *testing.T) {
	data := open(t, func(context.Context, Request, func(index.Event)) (index.Report, error) { panic("a defect") })
	for range 2 {
		if _, err := Ask(t.Context(), data, Request{}, silent); err == nil || !strings.Contains(err.Error(), "defect of this program") {
			t.Errorf("told %v", err)
		}
	}
}

// TestInterruptedClient ends a client and wants its work ended before it knows.
func TestInterruptedClient(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan bool, 1)
	data := open(t, func(ctx context.Context, _ Request, _ func(index.Event)) (index.Report, error) {
		interrupt()
		<-ctx.Done()
		ended <- true
		return index.Report{}, ctx.Err()
	})
	if _, err := Ask(ctx, data, Request{}, silent); !errors.Is(err, context.Canceled) {
		t.Errorf("the client was told %v", err)
	}
	select {
	case <-ended:
	default:
		t.Error("the client ended before its work")
	}
}

func TestClientThatHangsUp(t *testing.T) {
	began, ended := make(chan bool), make(chan bool)
	data := open(t, func(ctx context.Context, _ Request, _ func(index.Event)) (index.Report, error) {
		close(began)
		<-ctx.Done()
		close(ended)
		return index.Report{}, ctx.Err()
	})
	conn, err := dial(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(conn).Encode(Request{}); err != nil {
		t.Fatal(err)
	}
	<-began
	conn.Close()
	<-ended
}

func TestServerThatEnds(t *testing.T) {
	data := t.TempDir()
	began := make(chan bool)
	d, err := Open(t.Context(), data, func(ctx context.Context, _ Request, _ func(index.Event)) (index.Report, error) {
		close(began)
		<-ctx.Done()
		return index.Report{}, ctx.Err()
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan error)
	go func() {
		_, err := Ask(t.Context(), data, Request{}, silent)
		told <- err
	}()
	<-began
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := <-told; !errors.Is(err, errEnded) {
		t.Errorf("the client was told %v", err)
	}
	if _, err := Ask(t.Context(), data, Request{}, silent); !errors.Is(err, ErrNobody) {
		t.Errorf("afterwards: %v", err)
	}
}

func TestOnlyTheOwnerGetsIn(t *testing.T) {
	data := open(t, nothing)
	for path, want := range map[string]fs.FileMode{folder(data): 0o700, filepath.Join(folder(data), socketName): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s: mode %o, want %o", path, got, want)
		}
	}
}

func TestStaleSocket(t *testing.T) {
	data := t.TempDir()
	if _, err := Ask(t.Context(), data, Request{}, silent); !errors.Is(err, ErrNobody) {
		t.Errorf("without a socket: %v", err)
	}
	abandon(t, data)
	if _, err := Ask(t.Context(), data, Request{}, silent); !errors.Is(err, ErrNobody) {
		t.Errorf("at a socket that nobody listens to: %v", err)
	}
	d, err := Open(t.Context(), data, nothing, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Ask(t.Context(), data, Request{}, silent); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(folder(data), socketName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is still there: %v", err)
	}
}

// abandon leaves a socket as a process that was killed does.
func abandon(t *testing.T, data string) {
	t.Helper()
	listen(t, data).Close()
}

func listen(t *testing.T, data string) *net.UnixListener {
	t.Helper()
	if err := os.MkdirAll(folder(data), 0o700); err != nil {
		t.Fatal(err)
	}
	var l *net.UnixListener
	err := reach(data, func(path string) (err error) {
		l, err = net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	return l
}

func TestSecondServer(t *testing.T) {
	data := open(t, nothing)
	if _, err := Open(t.Context(), data, nothing, slog.New(slog.DiscardHandler)); !errors.Is(err, ErrTaken) {
		t.Errorf("a second server was told %v", err)
	}
	if _, err := Ask(t.Context(), data, Request{}, silent); err != nil {
		t.Errorf("the first does not answer any more: %v", err)
	}
}

func TestLongPath(t *testing.T) {
	data := filepath.Join(t.TempDir(), strings.Repeat("long", 30), strings.Repeat("longer", 20))
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), data, nothing, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := Ask(t.Context(), data, Request{}, silent); err != nil {
		t.Error(err)
	}
}

// TestServerThatIsStuck asks a server that takes connections and says nothing,
// as one that was stopped does.
func TestServerThatIsStuck(t *testing.T) {
	data := t.TempDir()
	defer listen(t, data).Close()
	conn, err := dial(data)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	s := &server{conn: conn, in: json.NewDecoder(conn), data: data}
	if err := s.read(new(hello), time.Millisecond); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("told %v", err)
	}
}

func TestServerOfAnotherVersion(t *testing.T) {
	data := t.TempDir()
	l := listen(t, data)
	defer l.Close()
	go func() {
		if conn, err := l.Accept(); err == nil {
			defer conn.Close()
			_ = json.NewEncoder(conn).Encode(hello{Protocol: protocol, Format: index.Format + 1})
		}
	}()
	if _, err := Ask(t.Context(), data, Request{}, silent); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("told %v", err)
	}
}

func TestNonsenseIsNotWork(t *testing.T) {
	data := open(t, func(context.Context, Request, func(index.Event)) (index.Report, error) {
		t.Error("something was done")
		return index.Report{}, nil
	})
	for _, line := range []string{"", "GET / HTTP/1.1\r\n\r\n", "[1]\n", `{"Paths":`} {
		conn, err := dial(data)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(line)); err != nil {
			t.Error(err)
		}
		conn.Close()
	}
}
