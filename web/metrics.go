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
	duration *prometheus.HistogramVec
	handler  http.Handler
}

// buckets suit searches that take from under a millisecond to the timeout, in
// seconds.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func newMetrics(engine search.Engine) *metrics {
	m := &metrics{duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "demarche_request_duration_seconds",
		Help:    "Time to answer a request.",
		Buckets: buckets,
	}, []string{"route", "method", "status"})}
	paragraphs := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "demarche_index_paragraphs",
		Help: "Paragraphs in the index.",
	}, func() float64 { return float64(engine.Info().Paragraphs) })
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.duration, paragraphs, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry})
	return m
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

func (m *metrics) serve(c *gin.Context) error {
	m.handler.ServeHTTP(c.Writer, c.Request)
	return nil
}
