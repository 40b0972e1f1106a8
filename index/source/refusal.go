package source

import (
	"errors"
	"fmt"
	"io/fs"
)

// Refusal says that a file, or something declared for it, is left out and why.
type Refusal struct {
	// File is the name of the file as the user knows it.
	File string
	// Reason is for readers. It says what is wrong, where in the file, and what
	// to do about it.
	Reason string
}

func (r *Refusal) Error() string { return r.File + ": " + r.Reason }

func refuse(file, format string, args ...any) *Refusal {
	return &Refusal{File: file, Reason: fmt.Sprintf(format, args...)}
}

// refuseError words an error of the file system.
func refuseError(file string, err error) *Refusal {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(file, "there is no such file or folder")
	case errors.Is(err, fs.ErrPermission):
		return refuse(file, "no permission to read it")
	}
	if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
		err = inner.Err
	}
	return refuse(file, "it cannot be read: %v", err)
}
