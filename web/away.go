package web

import (
	"bytes"
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"demarche/web/api"
	"demarche/web/locale"
)

// turnedAwayKey marks a request that nobody looked at.
const turnedAwayKey = "turned away"

// saidEvery is how often the log says that requests are turned away: a line
// for each would be work when there is too much of it.
const saidEvery = 10 * time.Second

// awayPages are the pages of those who are turned away, by language and
// status, made once: a page made for each of them would take from the others a
// tenth of what an answer takes.
type awayPages map[string]map[int][]byte

func (s *site) loadAwayPages() error {
	s.away = awayPages{}
	for _, lang := range locale.Languages {
		s.away[lang] = map[int][]byte{}
		for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
			page, err := s.awayPage(lang, status)
			if err != nil {
				return err
			}
			s.away[lang][status] = page
		}
	}
	return nil
}

// awayPage is the same whatever was asked. Its links lead to the front.
func (s *site) awayPage(lang string, status int) ([]byte, error) {
	front := url.URL{Path: "/"}
	page := errorPage{
		frame:   frame{Lang: lang, UI: lang, Canonical: "/", Robots: "noindex", Hidden: []hidden{{"ui", lang}}, Languages: s.languageLinks(&front, lang)},
		Problem: api.NewProblem(&api.StatusError{Status: status}, s.catalog.Printer(lang, s.Names)),
	}
	page.Title = page.Problem.Title
	var b bytes.Buffer
	err := rendering{s.pages, "error", page}.execute(&b)
	return b.Bytes(), err
}

// turnAway answers a request that nobody looks at.
func (s *site) turnAway(c *gin.Context, reason string, status int) {
	s.metrics.turnedAway.WithLabelValues(reason).Inc()
	s.turnedAway.Add(1)
	now, last := time.Now().UnixNano(), s.turnedAwaySaid.Load()
	if now-last > int64(saidEvery) && s.turnedAwaySaid.CompareAndSwap(last, now) {
		s.Log.WarnContext(c, "requests are turned away", "reason", reason, "count", s.turnedAway.Swap(0), "peer", s.peer(c.Request))
	}
	c.Set(turnedAwayKey, true)
	c.Abort()
	if wantsProblem(c.Request) {
		s.fail(c, &api.StatusError{Status: status})
		return
	}
	c.Header("Cache-Control", "no-store")
	if c.Writer.Header().Get("Retry-After") == "" {
		c.Header("Retry-After", retryAfter)
	}
	c.Data(status, html+"; charset=utf-8", s.away[s.printer(c).Lang()][status])
}
