package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math"
	"strings"

	"demarche/search"
)

// Cursor is a place in the list of hits to one question.
type Cursor struct {
	search.Cursor
	// Rank is the number of hits up to and including it.
	Rank int
}

// A cursor is written as base64url of: 8 bytes of a digest, 8 bytes of the
// score, 4 bytes of the rank, the paragraph's ID. The digest covers the
// question and the rest, so that a cursor that was cut, changed or taken from
// another question is told apart from a good one. It is no secret: whoever
// computes one by hand gets the hits after a place of their choice.
const (
	cursorDigest = 8
	cursorHead   = cursorDigest + 8 + 4
	// maxCursor bounds the token, in bytes; IDs are far shorter.
	maxCursor = 1024
)

func (c Cursor) token(p Params) string {
	raw := make([]byte, cursorHead, cursorHead+len(c.ID))
	binary.BigEndian.PutUint64(raw[cursorDigest:], math.Float64bits(c.Score))
	binary.BigEndian.PutUint32(raw[cursorDigest+8:], uint32(c.Rank))
	raw = append(raw, c.ID...)
	copy(raw, digest(p, raw[cursorDigest:]))
	return base64.RawURLEncoding.EncodeToString(raw)
}

// parseCursor reads a token; false when it does not belong to the question p.
func parseCursor(token string, p Params) (Cursor, bool) {
	if len(token) > maxCursor {
		return Cursor{}, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) <= cursorHead {
		return Cursor{}, false
	}
	if string(raw[:cursorDigest]) != string(digest(p, raw[cursorDigest:])) {
		return Cursor{}, false
	}
	c := Cursor{Rank: int(binary.BigEndian.Uint32(raw[cursorDigest+8:]))}
	c.Score = math.Float64frombits(binary.BigEndian.Uint64(raw[cursorDigest:]))
	c.ID = strings.ToValidUTF8(string(raw[cursorHead:]), "")
	return c, !math.IsNaN(c.Score) && !math.IsInf(c.Score, 0)
}

func digest(p Params, rest []byte) []byte {
	h := sha256.New()
	h.Write([]byte(p.question()))
	h.Write([]byte{0})
	h.Write(rest)
	return h.Sum(nil)[:cursorDigest]
}

// next is the cursor for the page after one of n hits.
func (p Params) next(c *search.Cursor, n int) *Cursor {
	if c == nil {
		return nil
	}
	return &Cursor{Cursor: *c, Rank: p.Rank() + n}
}

// Rank is the number of hits before this page.
func (p Params) Rank() int {
	if p.After == nil {
		return 0
	}
	return p.After.Rank
}

// Next is p at the page after the answer r; false on the last page.
func (p Params) Next(r *search.Result) (Params, bool) {
	p.After = p.next(r.Next, len(r.Hits))
	return p, p.After != nil
}
