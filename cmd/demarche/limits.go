package main

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"demarche/search/query"
	"demarche/web"
)

// The bounds of --max-query, in bytes: shorter leaves out a single field, longer does
// not fit into an address, where a byte takes three.
const (
	minMaxQuery = 64
	maxMaxQuery = 2048
)

// service is how 'demarche serve' meets the network.
type service struct {
	addr        string
	metricsAddr string
	baseURL     string
	proxies     []string
	origin      string
	gate        web.Gate
	timeout     time.Duration
	rate        float64
	connections int
	maxQuery    int
	logQueries  bool
	drainDelay  time.Duration
}

func (s *service) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`address` to listen on")
	f.StringVar(&s.metricsAddr, "metrics-addr", "", "`address` to serve /metrics at, which the site then has not")
	f.StringVar(&s.baseURL, "base-url", "", "`address` at which readers reach the site, where a proxy is between")
	f.StringSliceVar(&s.proxies, "trusted-proxy", nil, "`address` or network of a proxy whose X-Forwarded-For is believed; repeatable")
	f.StringVar(&s.origin, "allow-origin", "", "`origin` whose scripts may read the API in a browser, or *")
	f.IntVar(&s.gate.Running, "max-running", 0, "most searches at a time; 0 is one a processor, two at least")
	f.IntVar(&s.gate.Waiting, "max-waiting", web.DefaultWaiting, "most searches that wait for their turn")
	f.DurationVar(&s.gate.Wait, "max-wait", web.DefaultWait, "longest that a search waits for its turn")
	f.DurationVar(&s.timeout, "search-timeout", web.DefaultTimeout, "longest that a search takes")
	f.Float64Var(&s.rate, "rate", 20, "searches a second that one address may ask for, five times as many at once; 0 is no bound")
	f.IntVar(&s.connections, "max-connections", web.DefaultConnections, "most connections at a time")
	f.IntVar(&s.maxQuery, "max-query", query.DefaultLimits.Bytes, "longest query in `bytes`; a Cyrillic letter has two")
	f.BoolVar(&s.logQueries, "log-queries", false, "log what readers search for")
	f.DurationVar(&s.drainDelay, "drain-delay", 0, "how long to go on answering, while /readyz says no, after the signal to end")
}

// check finds what is wrong with the flags before anything is begun.
func (s *service) check() error {
	for flag, addr := range map[string]string{"addr": s.addr, "metrics-addr": s.metricsAddr} {
		if err := checkAddress(flag, addr); err != nil {
			return err
		}
	}
	for flag, low := range map[string]bool{
		"max-running": s.gate.Running < 0, "max-waiting": s.gate.Waiting < 0, "max-wait": s.gate.Wait < 0, "rate": s.rate < 0,
		"search-timeout": s.timeout <= 0, "max-connections": s.connections < 1, "drain-delay": s.drainDelay < 0,
	} {
		if low {
			return usagef("--%s is too low", flag)
		}
	}
	if s.maxQuery < minMaxQuery || s.maxQuery > maxMaxQuery {
		return usagef("--max-query %d: it is from %d to %d bytes", s.maxQuery, minMaxQuery, maxMaxQuery)
	}
	for flag, address := range map[string]string{"base-url": s.baseURL, "allow-origin": strings.TrimPrefix(s.origin, "*")} {
		if address != "" && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
			return usagef("--%s %s: it begins with https:// or http://", flag, address)
		}
	}
	_, err := s.prefixes()
	return err
}

// checkAddress wants a host, so that nobody listens on every network by
// leaving it out.
func checkAddress(flag, addr string) error {
	if addr == "" && flag != "addr" {
		return nil
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return usagef("--%s %s: it is an address and a port, such as 127.0.0.1:8080", flag, addr)
	}
	if host == "" {
		return usagef("--%s %s names no address: 127.0.0.1:%s is for this machine alone, 0.0.0.0:%s for every network that it is in", flag, addr, port, port)
	}
	return nil
}

// prefixes are the trusted proxies.
func (s *service) prefixes() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range s.proxies {
		addr, err := netip.ParseAddr(text)
		if err == nil {
			addr = addr.Unmap()
			all = append(all, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, usagef("--trusted-proxy %s: it is an address or a network, such as 10.0.0.2 or 10.0.0.0/8", text)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// config is the part of a site's configuration that the flags have.
func (s *service) config() (web.Config, error) {
	proxies, err := s.prefixes()
	gate := s.gate
	if gate.Waiting == 0 {
		gate.Waiting = -1 // what the flag means by none
	}
	return web.Config{
		BaseURL: s.baseURL, AllowOrigin: s.origin, Timeout: s.timeout, Gate: gate, Rate: s.rate, TrustedProxies: proxies,
		Limits: query.Limits{Bytes: s.maxQuery}, LogQueries: s.logQueries, MetricsApart: s.metricsAddr != "",
	}, err
}

// reach says who can reach a listener, where that is more than this machine.
func reach(listener net.Listener) string {
	addr, ok := listener.Addr().(*net.TCPAddr)
	switch {
	case !ok || addr.IP.IsLoopback():
		return ""
	case addr.IP.IsUnspecified():
		return fmt.Sprintf("listening on port %d in every network that this machine is in: whoever reaches it can search, and what is sent is not encrypted", addr.Port)
	}
	return fmt.Sprintf("listening on %s: whoever reaches that address can search, and what is sent is not encrypted", addr)
}
