package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// peer is the address that a request comes from: that of the connection, or
// where a trusted proxy is at its other end, the last address in
// X-Forwarded-For that is no trusted proxy's. What stands before that one is
// hearsay. The zero Addr means that it is not known.
func (s *site) peer(r *http.Request) netip.Addr {
	at := remote(r)
	if !s.trusts(at) {
		return at
	}
	named := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, name := range slices.Backward(named) {
		addr, err := netip.ParseAddr(strings.TrimSpace(name))
		if err != nil {
			return at
		}
		if at = addr.Unmap(); !s.trusts(at) {
			return at
		}
	}
	return at
}

// remote is the address at the other end of the connection.
func remote(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap()
}

func (s *site) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(a) })
}
