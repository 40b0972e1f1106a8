package api

import (
	"fmt"
	"strings"
)

// InvalidError is a request that cannot be read. Its text for readers is the
// message "invalid." + Code of the interface, filled with Args.
type InvalidError struct {
	// Parameter is the one at fault; "" where it is the whole.
	Parameter string
	// Code is one of the names in the table of help/api.
	Code string
	Args map[string]any
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("invalid request: parameter %q: %s", e.Parameter, e.Code)
}

func invalid(parameter, code string, args ...any) *InvalidError {
	e := &InvalidError{Parameter: parameter, Code: code, Args: map[string]any{"Parameter": parameter}}
	for i := 0; i+1 < len(args); i += 2 {
		e.Args[args[i].(string)] = args[i+1]
	}
	return e
}

func malformed(p Parameter, value string) *InvalidError {
	return invalid(p.Name, "malformed", "Value", clip(value), "Example", p.Example)
}

func unknownParameter(name string, allowed []Parameter) *InvalidError {
	var names []string
	for _, p := range allowed {
		names = append(names, p.Name)
	}
	return invalid(clip(name), "unknown_parameter", "Allowed", strings.Join(names, ", "))
}

// clip shortens what a reader sent before it is shown back: 60 characters.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
