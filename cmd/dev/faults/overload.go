package faults

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"
)

// overload asks three times as much as the server can answer.
type overload struct{}

func (overload) Plan() Plan {
	return Plan{
		Name: "overload", Does: "three times as many searches as can be answered, come what may",
		Expect: "those accepted are answered in 0.5 s (p99); goodput at least 95 % of capacity; only 200 and 503; normal within 5 s",
		Unit:   "seconds", Short: 10, Full: 60, Limit: 5 * time.Minute,
	}
}

// What is promised under overload.
const (
	overloadTimes  = 3
	acceptedWithin = 500 * time.Millisecond // for 99 of 100
	leastGoodput   = 0.95
	// leastInShort is for the ten seconds of continuous integration, where other work
	// takes the processor for some of them: less than this is the program's doing.
	leastInShort   = 0.75
	recoversWithin = 5 * time.Second
	capacityFor    = 5 * time.Second
	capacityAskers = 4
	// overloadNotes are some 100,000 paragraphs, hostileNotes some 15,000.
	overloadNotes    = 4500
	hostileNotes     = 700
	overloadSections = 20
)

func (overload) Run(ctx context.Context, t *Trial) error {
	o := &overloading{Trial: t}
	if err := o.prepare(ctx, overloadNotes); err != nil {
		return err
	}
	defer o.server.kill()
	err := o.apart(func() {
		o.closedLoop(ctx, time.Second) // to warm up
		before := o.closedLoop(ctx, capacityFor)
		seconds := o.openLoop(ctx, overloadTimes*before)
		o.recovery(ctx)
		after := o.closedLoop(ctx, capacityFor)
		o.judge(seconds, before, after)
	})
	return errors.Join(err, o.server.stop())
}

type overloading struct {
	*Trial
	server *server
	// pinned says that the server has a processor that the questions do not
	// come from.
	pinned bool
	// stayOn holds all threads of this process to a list of processors.
	stayOn func(processors string) error

	mu      sync.Mutex
	byCode  map[int]int
	took    []time.Duration // of those accepted
	refused []time.Duration
}

// prepare serves an index that is large enough for a search to cost much more
// than to ask it does: who asks and who answers share the machine.
func (o *overloading) prepare(ctx context.Context, size int) error {
	o.byCode = map[int]int{}
	dir, err := o.folder()
	if err != nil {
		return err
	}
	data, err := o.folder()
	if err != nil {
		return err
	}
	shelf := notes{dir}
	for i := range size {
		if err := shelf.write(noteName(i), 1, overloadSections, chance(i)); err != nil {
			return err
		}
	}
	if _, err := o.expectDone(ctx, "index", "--data", data, dir); err != nil {
		return err
	}
	by := []string{o.Program}
	if taskset, err := exec.LookPath("taskset"); err == nil && runtime.NumCPU() > 1 {
		by, o.pinned = []string{taskset, "-c", "0", o.Program}, true
		o.stayOn = func(processors string) error {
			return exec.CommandContext(ctx, taskset, "-a", "-p", "-c", processors, strconv.Itoa(os.Getpid())).Run()
		}
	}
	o.server, err = o.serveBy(ctx, by, data)
	return err
}

// apart runs a trial while this process keeps off the processor of the server.
func (o *overloading) apart(trial func()) error {
	if !o.pinned {
		trial()
		return nil
	}
	last := runtime.NumCPU() - 1
	if err := o.stayOn(fmt.Sprintf("1-%d", last)); err != nil {
		return &Lacking{"this process cannot be held to a processor: " + err.Error()}
	}
	trial()
	return o.stayOn(fmt.Sprintf("0-%d", last))
}

// question is the nth one. Each is asked once in four, in an order by lot: with
// one that repeats, places at the gate could come free for the dear ones more
// often than for others, and answers would count for less than before.
func (o *overloading) question(n int) string {
	words := []string{"cyber* OR states", "conduct OR norm* OR droit", "государств* OR нормы OR law", "attack OR help OR états"}
	return fmt.Sprintf("%s/api/v1/search?size=20&q=%s", o.server.site, url.QueryEscape(words[chance(n / len(words)).Perm(len(words))[n%len(words)]]))
}

// closedLoop asks as fast as it is answered and returns the answers a second.
func (o *overloading) closedLoop(ctx context.Context, lasts time.Duration) float64 {
	var (
		mu    sync.Mutex
		done  int
		group sync.WaitGroup
	)
	began := time.Now()
	for asker := range capacityAskers {
		group.Go(func() {
			for n := asker; time.Since(began) < lasts && ctx.Err() == nil; n++ {
				a, err := get(ctx, o.server.client, o.question(n))
				switch {
				case err == nil && a.status == http.StatusOK:
					mu.Lock()
					done++
					mu.Unlock()
				case err != nil || a.status != http.StatusServiceUnavailable:
					o.fail("without overload: %d %v", a.status, err)
					return
				}
			}
		})
	}
	group.Wait()
	return float64(done) / time.Since(began).Seconds()
}

// openLoop asks at a rate, whatever is answered, and returns how long it did.
func (o *overloading) openLoop(ctx context.Context, perSecond float64) float64 {
	var group sync.WaitGroup
	began := time.Now()
	asked := 0
	for second := 0; second < o.Reach && o.goesOn(ctx); second++ {
		for elapsed := time.Duration(0); elapsed < time.Duration(second+1)*time.Second; elapsed = time.Since(began) {
			for ; float64(asked) < elapsed.Seconds()*perSecond; asked++ {
				n, due := asked, began.Add(time.Duration(float64(asked)/perSecond*float64(time.Second)))
				group.Go(func() { o.ask(ctx, n, due) })
			}
			time.Sleep(time.Millisecond)
		}
		o.count(1)
	}
	lasted := time.Since(began).Seconds()
	group.Wait()
	o.note("%.0f searches a second were asked for %.0f s", float64(asked)/lasted, lasted)
	return lasted
}

// ask asks a question. Its answer takes from when the question was due, so that
// who asks cannot make the server look quick by being late.
func (o *overloading) ask(ctx context.Context, n int, due time.Time) {
	a, err := get(ctx, o.server.client, o.question(n))
	a.took = time.Since(due)
	o.mu.Lock()
	defer o.mu.Unlock()
	if err != nil {
		a.status = 0
	}
	o.byCode[a.status]++
	switch {
	case err != nil && o.byCode[0] <= keptFailures:
		o.fail("a search got no answer: %v", err)
	case a.status == http.StatusOK:
		o.took = append(o.took, a.took)
	case a.status == http.StatusServiceUnavailable:
		o.refused = append(o.refused, a.took)
		if a.header.Get("Retry-After") == "" {
			o.fail("a 503 says nothing of when to ask again")
		}
	}
}

// recovery wants ten quick answers in a row soon after the overload.
func (o *overloading) recovery(ctx context.Context) {
	began, row := time.Now(), 0
	for row < 10 && time.Since(began) < recoversWithin && ctx.Err() == nil {
		a, err := get(ctx, o.server.client, o.question(row))
		if err == nil && a.status == http.StatusOK && a.took < acceptedWithin {
			row++
		} else {
			row = 0
		}
	}
	if row < 10 {
		o.fail("it is not back to normal %v after the overload", recoversWithin)
		return
	}
	o.note("back to normal after %v", time.Since(began).Round(time.Millisecond))
}

func (o *overloading) judge(seconds, before, after float64) {
	capacity := (before + after) / 2
	goodput := float64(o.byCode[http.StatusOK]) / seconds
	p99, refused := percentile(o.took, 99), percentile(o.refused, 99)
	where := "on the processors that the questions come from too"
	if o.pinned {
		where = "on a processor of its own"
	}
	o.note("capacity %.0f a second before and %.0f after, %s of %d (%s)", before, after, where, runtime.NumCPU(), o.serverHas())
	o.note("goodput %.0f a second, %.0f %% of capacity; answers by status: %v", goodput, 100*goodput/capacity, o.byCode)
	o.note("p50 %v, p99 %v of those accepted; p99 %v of those refused", percentile(o.took, 50), p99, refused)
	if p99 > acceptedWithin {
		o.fail("p99 of those accepted is %v", p99)
	}
	least := leastGoodput
	if o.Short {
		least = leastInShort
	}
	if goodput < least*capacity {
		o.fail("goodput is %.1f %% of capacity", 100*goodput/capacity)
	}
	for code, n := range o.byCode {
		if code != http.StatusOK && code != http.StatusServiceUnavailable {
			o.fail("%d answers with status %d", n, code)
		}
	}
}

func (o *overloading) serverHas() string {
	memory, err := o.server.memory("VmHWM")
	if err != nil {
		return "memory unknown"
	}
	return fmt.Sprintf("at most %d MB", memory>>20)
}

// percentile is the least time that p of 100 did not take longer than.
func percentile(took []time.Duration, p int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)-1, len(took)*p/100)].Round(100 * time.Microsecond)
}
