package api

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"demarche/search"
	"demarche/search/query"
)

// Problem is an error as RFC 9457 has it, with the members that help to mend
// a query.
type Problem struct {
	Type      string `json:"type" doc:"An address that explains the problem; the same for every problem of this code."`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail" doc:"What is wrong and what to do."`
	Code      string `json:"code" doc:"A stable name of the problem."`
	Parameter string `json:"parameter,omitempty" doc:"The parameter at fault."`
	// Offset and Length are pointers because 0 is a place.
	Offset     *int   `json:"offset,omitempty" doc:"Where in q the fault begins, in Unicode code points."`
	Length     *int   `json:"length,omitempty" doc:"How many code points of q are at fault."`
	Suggestion string `json:"suggestion,omitempty" doc:"The nearest query that can be read."`
	RequestID  string `json:"request_id,omitempty" doc:"Names this request in the server's log."`
}

// Messages gives the text of a message of the interface, if it has one.
type Messages interface {
	Lookup(key string, args map[string]any) (string, bool)
}

// StatusError is an answer of HTTP itself: no such page, no such method.
type StatusError struct{ Status int }

func (e *StatusError) Error() string { return http.StatusText(e.Status) }

// problemCodes name the problems that HTTP itself defines.
var problemCodes = map[int]string{
	http.StatusNotFound:              "not_found",
	http.StatusMethodNotAllowed:      "method_not_allowed",
	http.StatusNotAcceptable:         "not_acceptable",
	http.StatusRequestEntityTooLarge: "body_too_large",
	http.StatusRequestURITooLong:     "address_too_long",
	http.StatusTooManyRequests:       "too_many_requests",
	http.StatusServiceUnavailable:    "unavailable",
	http.StatusInternalServerError:   "internal",
}

// invalidCodes name what can be wrong with a request, beside the faults of a
// query; each has a message "invalid." + code.
var invalidCodes = []string{
	"cursor", "date", "date_order", "encoding", "facets", "malformed", "no_version",
	"repeated", "size", "too_many_values", "unknown_parameter",
}

// refusedCode is for a request that only the engine could see to be invalid.
const refusedCode = "refused"

// Code is a code that a problem can have.
type Code struct {
	Status int
	Code   string
}

// Codes are all codes, by status.
func Codes() []Code {
	var codes []Code
	for _, list := range [][]string{invalidCodes, {refusedCode}, query.Codes()} {
		for _, code := range list {
			codes = append(codes, Code{http.StatusBadRequest, code})
		}
	}
	for _, status := range slices.Sorted(maps.Keys(problemCodes)) {
		codes = append(codes, Code{status, problemCodes[status]})
	}
	return codes
}

// NewProblem says what err means to whoever asked. An error that is not meant
// for them is an internal one, without its text.
func NewProblem(err error, messages Messages) Problem {
	p := Problem{Status: http.StatusBadRequest}
	var (
		badQuery   *query.Error
		badRequest *InvalidError
		refused    *search.InvalidError
		status     *StatusError
	)
	switch {
	case errors.As(err, &badQuery):
		p.fromQuery(badQuery, messages)
	case errors.As(err, &badRequest):
		p.Code, p.Parameter = badRequest.Code, badRequest.Parameter
		p.Detail, _ = messages.Lookup("invalid."+badRequest.Code, badRequest.Args)
	case errors.As(err, &refused):
		p.Code, p.Parameter, p.Detail = refusedCode, refused.Field, refused.Detail
	case errors.As(err, &status):
		p.Status = status.Status
	default:
		p.Status = statusOf(err)
	}
	if p.Code == "" {
		p.Code = problemCodes[p.Status]
		p.Detail, _ = messages.Lookup("problem."+p.Code, nil)
	}
	p.Title, _ = messages.Lookup("status."+strconv.Itoa(p.Status), nil)
	p.Type = "/help/api#" + p.Code
	return p
}

func (p *Problem) fromQuery(e *query.Error, messages Messages) {
	p.Code, p.Parameter, p.Suggestion = e.Code, "q", e.Suggestion
	p.Offset, p.Length = &e.Offset, &e.Length
	args := make(map[string]any, len(e.Args))
	for name, value := range e.Args {
		args[name] = value
	}
	var ok bool
	if p.Detail, ok = messages.Lookup("query."+e.Code, args); !ok {
		p.Detail = e.Detail
	}
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, search.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}
