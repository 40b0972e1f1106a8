package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

const html = "text/html"

// accepts reports whether an Accept header allows a media type.
func accepts(accept, mediaType string) bool { return quality(accept, mediaType) > 0 }

// quality is how much an Accept header wants a media type, 0 to 1. The most
// specific range that matches decides, as RFC 9110, section 12.5.1 says.
func quality(accept, mediaType string) float64 {
	if strings.TrimSpace(accept) == "" {
		return 1
	}
	best, q := 0, 0.0
	for item := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(item, ";")
		if rank := specificity(strings.ToLower(strings.TrimSpace(name)), mediaType); rank > best {
			best, q = rank, weight(parameters)
		}
	}
	return q
}

// specificity ranks a media range that matches: 3 the type itself, 2 its
// family, 1 anything; 0 does not match.
func specificity(mediaRange, mediaType string) int {
	family, _, _ := strings.Cut(mediaType, "/")
	switch mediaRange {
	case mediaType:
		return 3
	case family + "/*":
		return 2
	case "*/*":
		return 1
	}
	return 0
}

func weight(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(name, "q") {
			q, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return 0
			}
			return q
		}
	}
	return 1
}

// fresh sets the headers of an answer that is the same for as long as the
// index, the program and the request are, and reports whether the reader has
// it already; then it has answered. canonical is the request in one spelling.
func (s *site) fresh(c *gin.Context, mediaType, canonical string) bool {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		s.edition, s.Engine.Info().Generation, mediaType, s.printer(c).Lang(), canonical,
	}, "\x00")))
	etag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	h := c.Writer.Header()
	h.Set("ETag", etag)
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept")
	h.Add("Vary", "Accept-Language")
	if !matches(c.GetHeader("If-None-Match"), etag) {
		return false
	}
	// The status is left for Gin to write: once a header is out, the middleware
	// that compresses believes that there is a body.
	h.Del("Content-Encoding")
	c.Status(http.StatusNotModified)
	return true
}

// matches compares weakly, as RFC 9110, section 13.1.2 says.
func matches(ifNoneMatch, etag string) bool {
	for tag := range strings.SplitSeq(ifNoneMatch, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}
