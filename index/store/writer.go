package store

import (
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// writer changes entries within one transaction and keeps the ledger.
type writer struct {
	bucket *bolt.Bucket
	ledger *ledger
}

func (w *writer) change(c Change) error {
	for _, path := range c.Remove {
		for _, prefix := range []string{prefixRecord, prefixText, prefixDraft} {
			if err := w.remove(prefix + path); err != nil {
				return err
			}
		}
	}
	for _, e := range c.Put {
		if err := w.entry(e); err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	if c.Places != nil {
		if err := w.encode(keyPlaces, c.Places); err != nil {
			return err
		}
	}
	content, err := json.Marshal(w.ledger)
	if err != nil {
		return err
	}
	return w.bucket.Put([]byte(keyLedger), seal(keyLedger, w.ledger.Writes, content))
}

func (w *writer) entry(e Entry) error {
	if e.Content != nil {
		if err := w.put(prefixText+e.Path, compress(e.Content)); err != nil {
			return err
		}
	}
	if e.Draft != nil {
		if err := w.put(prefixDraft+e.Path, compress(e.Draft)); err != nil {
			return err
		}
	}
	return w.encode(prefixRecord+e.Path, e.Record)
}

func (w *writer) encode(key string, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return w.put(key, content)
}

func (w *writer) put(key string, payload []byte) error {
	if err := w.remove(key); err != nil {
		return err
	}
	value := seal(key, w.ledger.Writes, payload)
	w.ledger.Entries++
	w.ledger.Sum.add(sumOf(value))
	return w.bucket.Put([]byte(key), value)
}

func (w *writer) remove(key string) error {
	old := w.bucket.Get([]byte(key))
	if old == nil {
		return nil
	}
	w.ledger.Entries--
	w.ledger.Sum.add(sumOf(old))
	return w.bucket.Delete([]byte(key))
}
