package web

import (
	"container/list"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"
)

const (
	// burstSeconds is how long one address may ask without a pause what it may
	// ask in the long run, all at once: a page of results and what is clicked
	// from it come in bursts.
	burstSeconds = 5
	// maxPeers is how many addresses are remembered, under 2 MB. Beyond that
	// the one that asked longest ago is forgotten, and its allowance is full
	// again if it comes back.
	maxPeers = 10_000
	// networkBits of an IPv6 address tell one reader from another: a reader
	// has the rest to choose from.
	networkBits = 64
)

// allowances are how much each address may still ask, a bounded number of
// them, the last one that asked first.
type allowances struct {
	perSecond rate.Limit
	burst     int
	now       func() time.Time

	mu     sync.Mutex
	peers  map[netip.Addr]*list.Element
	recent *list.List // of *allowance
}

type allowance struct {
	addr netip.Addr
	*rate.Limiter
}

// newAllowances allows so many requests a second; 0 allows all.
func newAllowances(perSecond float64) *allowances {
	if perSecond <= 0 {
		return nil
	}
	return &allowances{
		perSecond: rate.Limit(perSecond), burst: max(1, int(math.Ceil(perSecond*burstSeconds))),
		now: time.Now, peers: map[netip.Addr]*list.Element{}, recent: list.New(),
	}
}

// take takes one request off the allowance of an address, or returns how long
// it must wait for the next.
func (a *allowances) take(addr netip.Addr) (wait time.Duration) {
	l, now := a.of(addr), a.now()
	r := l.ReserveN(now, 1)
	if wait = r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// of is the allowance of an address, which thereby asked last.
func (a *allowances) of(addr netip.Addr) *rate.Limiter {
	if addr.Is6() {
		// An address has at least so many bits.
		network, _ := addr.WithZone("").Prefix(networkBits)
		addr = network.Addr()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.peers[addr]; ok {
		a.recent.MoveToFront(e)
		return e.Value.(*allowance).Limiter
	}
	if a.recent.Len() == maxPeers {
		last := a.recent.Remove(a.recent.Back()).(*allowance)
		delete(a.peers, last.addr)
	}
	l := rate.NewLimiter(a.perSecond, a.burst)
	a.peers[addr] = a.recent.PushFront(&allowance{addr, l})
	return l
}

// ration refuses an address that asks too much. This machine's own is never
// refused: those who are at it have better ways to be a nuisance.
func (s *site) ration(c *gin.Context) {
	if s.allowances == nil || !s.guarded[c.FullPath()] {
		return
	}
	addr := s.peer(c.Request)
	if addr.IsLoopback() {
		return
	}
	if wait := s.allowances.take(addr); wait > 0 {
		c.Header("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		s.turnAway(c, "rate", http.StatusTooManyRequests)
	}
}
