// Package durable writes files so that they survive a kill and a power cut, and
// reads small ones so that damage to them is seen.
//
// A small file that says what counts (which generation, which checksums) is
// sealed: its first line is the SHA-256 of the rest. It is replaced in one
// step, so it holds what it held before or what it is to hold. What such files
// say is up to their owners.
package durable

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrDamaged says that a sealed file is not as it was written.
var ErrDamaged = errors.New("is damaged: its checksum does not hold")

const sealForm = "sha256 %s\n"

// Seal puts the checksum of content before it.
func Seal(content []byte) []byte {
	sum := sha256.Sum256(content)
	return append(fmt.Appendf(nil, sealForm, hex.EncodeToString(sum[:])), content...)
}

// Unseal takes the checksum off; false where it does not hold.
func Unseal(sealed []byte) (content []byte, ok bool) {
	_, content, _ = bytes.Cut(sealed, []byte("\n"))
	return content, bytes.Equal(Seal(content), sealed)
}

// Read returns the content of a sealed file. The error is an [fs.ErrNotExist]
// where there is none and an [ErrDamaged] where the checksum does not hold.
func Read(name string) ([]byte, error) {
	sealed, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	content, ok := Unseal(sealed)
	if !ok {
		return nil, fmt.Errorf("%s %w", name, ErrDamaged)
	}
	return content, nil
}

// Write replaces a sealed file in one step and forces it to disk.
func Write(name string, content []byte) error {
	next := name + ".new"
	err := os.WriteFile(next, Seal(content), 0o600)
	if err == nil {
		err = Sync(next)
	}
	if err == nil {
		err = os.Rename(next, name)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(next))
	}
	return Sync(filepath.Dir(name))
}

func removeIfThere(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Sync forces a file, or the names in a folder, to disk.
func Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// SyncTree forces every file and folder below dir, and dir, to disk.
func SyncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return Sync(path)
	})
}
