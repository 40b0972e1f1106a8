package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"demarche/search"
	"demarche/web/api"
)

// readiness is what /readyz answers.
type readiness struct {
	// Ready says that searches are answered and that more of them are welcome.
	Ready bool `json:"ready"`
	// Generation names the index that answers, as in every ETag.
	Generation string `json:"generation"`
	Statements int    `json:"statements"`
	Versions   int    `json:"versions"`
	Paragraphs int    `json:"paragraphs"`
	// Troubles are what is wrong. There may be some while Ready, as when an
	// older index answers because the newest is damaged.
	Troubles []string `json:"troubles"`
}

// readyz says whether searches are answered, from what, and what is wrong.
func (s *site) readyz(c *gin.Context) error {
	info := s.Engine.Info()
	r := readiness{
		Ready: true, Generation: info.Generation,
		Statements: info.Statements, Versions: info.Versions, Paragraphs: info.Paragraphs, Troubles: []string{},
	}
	if s.Troubles != nil {
		r.Troubles = append(r.Troubles, s.Troubles()...)
	}
	if err := s.probe.ask(c, s.Engine, s.Timeout); err != nil {
		r.Ready = false
		r.Troubles = append(r.Troubles, "a search for everything fails; the log says why")
		s.Log.ErrorContext(c, "not ready", "error", err)
	}
	if s.draining.Load() {
		r.Ready = false
		r.Troubles = append(r.Troubles, "the server is shutting down")
	}
	body, err := encodeJSON(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !r.Ready {
		status = http.StatusServiceUnavailable
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, api.MediaType, body)
	return nil
}

// probeEvery is how old what is known of the engine may be: /readyz is not
// behind the gate, so that being busy is not mistaken for being broken, and
// must therefore not be a way to make work.
const probeEvery = time.Second

// probe asks an engine now and then whether it answers.
type probe struct {
	mu   sync.Mutex
	at   time.Time
	last error
}

// ask returns the error of the last search for everything.
func (p *probe) ask(ctx context.Context, engine search.Engine, timeout time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.at) < probeEvery {
		return p.last
	}
	// The answer is for others too, whoever asked may hang up.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	_, p.last = engine.Search(ctx, search.Request{})
	p.at = time.Now()
	return p.last
}
