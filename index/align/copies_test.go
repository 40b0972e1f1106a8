package align_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"demarche/index/align"
	"demarche/index/annotate"
)

// TestManyCopies checks that however many files hold one text they are one
// statement, whether they are equal or each differs a little.
func TestManyCopies(t *testing.T) {
	m := newMaker(t, 4)
	text, other := m.statement(1), m.statement(2)
	c := made{truth: map[string]int{}}
	for i := range 600 {
		switch i % 3 {
		case 0:
			c.add(m.annotator, 1, "en", text, nil)
		case 1:
			c.add(m.annotator, 1, "en", typography(text), nil)
		case 2:
			c.add(m.annotator, 1, "en", m.revised(text, "en"), nil)
		}
	}
	c.add(m.annotator, 2, "en", other, nil)
	found := statements(t, c.drafts, m.names)
	if len(found) != 2 {
		t.Fatalf("%d statements, want 2", len(found))
	}
	for _, s := range found {
		if len(s.Duplicates) != len(s.Sources)-1 {
			t.Errorf("%d files, %d of them duplicates", len(s.Sources), len(s.Duplicates))
		}
		for _, d := range s.Duplicates {
			if d.Similarity < 0.8 || d.Similarity > 1 {
				t.Errorf("%s is like %s by %.2f", d.File, d.Of, d.Similarity)
			}
		}
	}
}

// TestCopiesApart checks what is no copy, however much it is like another text,
// and what is one.
func TestCopiesApart(t *testing.T) {
	const text = "The Council met in Geneva on 14 March and heard the report of the chair on the protection of hospitals. " +
		"It allotted 350 million to the fund that Kenya and Estonia had proposed, and asked the chair to report again in autumn. " +
		"All members welcomed the work of the group and thanked the secretariat for its patience during the long negotiations."
	g := names(t)
	a := annotate.New(g)
	tests := []struct {
		name, lang, text string
		copy             bool
	}{
		{"other quotes and spaces", "en", replaced(text, "hospitals", "hospitals\u00a0"), true},
		{"a word less", "en", replaced(text, "long ", ""), true},
		{"a paragraph more", "en", text + "\nPublished by the press office on 3 May.", true},
		{"another sum", "en", replaced(text, "350", "500"), false},
		{"another day", "en", replaced(text, "14 March", "15 March"), false},
		{"another month", "en", replaced(text, "14 March", "14 April"), false},
		{"another state", "en", replaced(text, "Estonia", "Latvia"), false},
		{"another place", "en", replaced(text, "Geneva", "Montevideo"), false},
		{"another unit", "en", replaced(text, "350 million", "350 billion"), false},
		{"another language", "fr", text, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := statements(t, []annotate.Draft{file(a, "a", "en", text), file(a, "b", tt.lang, tt.text)}, g)
			if got := len(s[0].Duplicates) == 1; got != tt.copy {
				t.Errorf("copy: %v, want %v", got, tt.copy)
			}
		})
	}
}

// TestCancel checks that aligning ends with its context, wherever it is.
func TestCancel(t *testing.T) {
	m := newMaker(t, 5)
	c := m.corpus(60)
	done := false
	for looks := 0; !done; looks += 43 {
		if looks > 10000 {
			t.Fatal("aligning does not come to an end")
		}
		ctx := &countdown{Context: t.Context(), left: looks}
		found, err := align.Statements(ctx, c.drafts, m.names)
		switch {
		case err == nil && len(found) > 0:
			done = true
			if looks < len(c.drafts) {
				t.Errorf("the context was looked at %d times for %d files", looks, len(c.drafts))
			}
		case !errors.Is(err, context.Canceled) || found != nil:
			t.Fatalf("after %d looks: %d statements, error %v", looks, len(found), err)
		}
	}
}

// countdown is a context that ends after it was looked at some times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func replaced(text, from, to string) string {
	out := strings.Replace(text, from, to, 1)
	if out == text {
		panic(fmt.Sprintf("no %q to replace", from))
	}
	return out
}
