package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"demarche/search"
)

// metrics counts requests by route, never by what was asked.
type metrics struct {
	duration   *prometheus.HistogramVec
	turnedAway *prometheus.CounterVec
	handler    http.Handler
}

// buckets suit searches that take from under a millisecond to the timeout, in
// seconds.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func newMetrics(engine search.Engine, g *gate) *metrics {
	m := &metrics{
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "demarche_request_duration_seconds",
			Help:    "Time to answer a request.",
			Buckets: buckets,
		}, []string{"route", "method", "status"}),
		turnedAway: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "demarche_requests_turned_away_total",
			Help: "Requests that were refused because too many come, of all readers (gate) or of one (rate).",
		}, []string{"reason"}),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.duration, m.turnedAway,
		gauge("index_paragraphs", "Paragraphs in the index.", func() int { return engine.Info().Paragraphs }),
		gauge("gate_running", "Requests that are being answered.", func() int { return len(g.places) }),
		gauge("gate_waiting", "Requests that wait for their turn.", func() int { return int(g.waiting.Load()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry})
	return m
}

func gauge(name, help string, value func() int) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "demarche", Name: name, Help: help},
		func() float64 { return float64(value()) })
}

// observe files a request under its route. Methods and paths that no route has
// are one label each, so that nobody can fill the registry.
func (m *metrics) observe(c *gin.Context, took time.Duration) {
	route, method := c.FullPath(), c.Request.Method
	if route == "" {
		route, method = "none", "any"
	}
	m.duration.WithLabelValues(route, method, strconv.Itoa(c.Writer.Status())).Observe(took.Seconds())
}

// metricsPath is where the metrics are.
const metricsPath = "/metrics"

// metricsPage answers /metrics, which is nowhere on the site where it is served
// apart.
func (s *site) metricsPage(c *gin.Context) error {
	if s.MetricsApart {
		return notFound(c)
	}
	s.metrics.handler.ServeHTTP(c.Writer, c.Request)
	return nil
}
