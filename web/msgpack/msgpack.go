// Package codec stands in for the MessagePack library that Gin imports, and
// refuses to read or write MessagePack, which no route of ours does. The library
// took a quarter of the time to compile the program on a fresh machine; a build tag
// leaves it out too, but "go run" in the README cannot carry one. It has what
// Gin's packages binding and render call, and nothing else.
//
// See web/decisions/0008-no-messagepack.md.
package codec

import (
	"errors"
	"io"
)

var errUnsupported = errors.New("MessagePack is not supported")

// MsgpackHandle holds no options.
type MsgpackHandle struct{}

// Decoder refuses to decode.
type Decoder struct{}

// NewDecoder returns a Decoder that reads nothing from the reader.
func NewDecoder(io.Reader, *MsgpackHandle) *Decoder { return &Decoder{} }

// Decode always returns an error.
func (*Decoder) Decode(any) error { return errUnsupported }

// Encoder refuses to encode.
type Encoder struct{}

// NewEncoder returns an Encoder that writes nothing to the writer.
func NewEncoder(io.Writer, *MsgpackHandle) *Encoder { return &Encoder{} }

// Encode always returns an error.
func (*Encoder) Encode(any) error { return errUnsupported }
