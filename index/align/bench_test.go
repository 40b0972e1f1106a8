package align_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

// BenchmarkStatements aligns made files of one kind, which is the hardest case:
// all names, numbers and sentences are common. Beside time it reports the
// memory that aligning adds at its peak, what share of the pairs of one
// statement is found, and how many pairs are joined wrongly.
func BenchmarkStatements(b *testing.B) {
	for _, n := range []int{1000, 3000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := newMaker(b, 2)
			c := m.corpus(n)
			var j joins
			peak := watch()
			for b.Loop() {
				j = c.joins(statements(b, c.drafts, m.names))
			}
			b.ReportMetric(peak(), "peak-MB")
			b.ReportMetric(float64(j.found)/float64(j.found+j.missed), "found")
			b.ReportMetric(float64(j.wrong), "wrong-joins")
		})
	}
}

// watch looks at the heap every few milliseconds. The function it returns ends
// this and says by how many megabytes the heap was larger than before at most.
func watch() func() float64 {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	runtime.GC()
	before, most := heap(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				most = max(most, heap())
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-stopped
		return float64(max(most, before)-before) / 1e6
	}
}
