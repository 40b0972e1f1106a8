package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-contrib/requestid"
	"github.com/gin-gonic/gin"

	"demarche/web/api"
	"demarche/web/locale"
)

// turnedAwayKey marks a request that nobody looked at.
const turnedAwayKey = "turned away"

// saidEvery is how often the log says that requests are turned away: a line
// for each would be work when there is too much of it.
const saidEvery = 10 * time.Second

// awayAnswer is what those are told who are turned away in a language with a
// status, made once: what is made for each of them is taken from the others.
type awayAnswer struct {
	page []byte
	// problem is a JSON object but for its end, so that the ID of the request can
	// be put behind it.
	problem []byte
}

// awayAnswers are by language and status.
type awayAnswers map[string]map[int]awayAnswer

func (s *site) loadAwayAnswers() error {
	s.away = awayAnswers{}
	for _, lang := range locale.Languages {
		s.away[lang] = map[int]awayAnswer{}
		for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
			answer, err := s.awayAnswer(lang, status)
			if err != nil {
				return err
			}
			s.away[lang][status] = answer
		}
	}
	return nil
}

// awayAnswer is the same whatever was asked. The links of its page lead to the
// front.
func (s *site) awayAnswer(lang string, status int) (awayAnswer, error) {
	front := url.URL{Path: "/"}
	page := errorPage{
		frame:   frame{Lang: lang, UI: lang, Canonical: "/", Robots: "noindex", Hidden: []hidden{{"ui", lang}}, Languages: s.languageLinks(&front, lang)},
		Problem: api.NewProblem(&api.StatusError{Status: status}, s.catalog.Printer(lang, s.Names)),
	}
	page.Title = page.Problem.Title
	problem, err := encodeJSON(page.Problem)
	if err != nil {
		return awayAnswer{}, err
	}
	var b bytes.Buffer
	err = rendering{s.pages, "error", page}.execute(&b)
	return awayAnswer{b.Bytes(), bytes.TrimSuffix(bytes.TrimSpace(problem), []byte("}"))}, err
}

// problemOf is the problem of one request. An ID needs no escapes, see
// [requestIDShape].
func (a awayAnswer) problemOf(requestID string) []byte {
	body := make([]byte, 0, len(a.problem)+len(requestID)+20)
	body = append(append(append(body, a.problem...), `,"request_id":"`...), requestID...)
	return append(body, "\"}\n"...)
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
	answer, mediaType := s.away[s.language(c)][status], html+"; charset=utf-8"
	body := answer.page
	if wantsProblem(c.Request) {
		mediaType, body = api.ProblemMediaType, answer.problemOf(requestid.Get(c))
	}
	h := c.Writer.Header()
	h.Set("Cache-Control", "no-store")
	if h.Get("Retry-After") == "" {
		h.Set("Retry-After", retryAfter)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.Data(status, mediaType, body)
}
