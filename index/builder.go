package index

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"demarche/index/corpus"
	"demarche/index/source"
	"demarche/index/store"
)

// builder is one run over a data directory, whose lock the caller holds.
type builder struct {
	generations generations
	store       *store.Store
	lexicon     *Lexicon
	// words is the digest of the user's own words by which drafts count as made:
	// that of the lexicon, or of the one that an index keeps.
	words  string
	reader reader
	// places are those that are to be known.
	places map[string]place
	// named are the absolute paths that were given.
	named map[string]bool
	// earlier says that the places are those of a data directory of before the store.
	earlier bool
	// anew asks for a new generation though nothing has changed.
	anew   bool
	steps  *steps
	report Report
}

func newBuilder(o Options, l *Lexicon) *builder {
	return &builder{
		generations: generations{o.Data}, lexicon: l, reader: newReader(l),
		places: map[string]place{}, named: map[string]bool{}, steps: &steps{tell: o.Progress},
	}
}

// recipe names what a draft depends on besides its file.
func (b *builder) recipe() string { return recipe(b.words) }

func recipe(words string) string { return fmt.Sprintf("%d %s", Format, words) }

// adopt settles whose words count and which places are known. Where no lexicon
// is given, what was understood by one other lexicon stays.
func (b *builder) adopt(none bool) {
	b.words = b.lexicon.digest
	for path, label := range b.store.Places() {
		b.places[path] = place{Label: label}
	}
	if !none {
		return
	}
	recipes := map[string]bool{}
	for _, r := range b.store.Records() {
		recipes[r.Recipe] = true
	}
	for r := range recipes {
		if own, ok := strings.CutPrefix(r, recipe("")); ok && len(recipes) == 1 {
			b.words = own
		}
	}
}

// roots are the places to look at for paths.
func (b *builder) roots(paths []string) ([]string, error) {
	wanted := map[string]bool{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		b.named[abs] = true
		if _, err := os.Stat(abs); err != nil && !b.knows(abs) {
			b.refuse(source.Refusal{File: abs, Reason: reasonOf(err)})
			continue
		}
		wanted[cover(b.places, abs)] = true
	}
	return slices.Sorted(maps.Keys(wanted)), nil
}

// knows reports whether a path, or anything below it, is stored.
func (b *builder) knows(path string) bool {
	for file := range b.store.Records() {
		if within(file, path) {
			return true
		}
	}
	return false
}

func reasonOf(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file or folder"
	}
	return fmt.Sprintf("it cannot be looked at: %v", err)
}

// build looks at places, stores what is new there, and publishes it.
func (b *builder) build(ctx context.Context, roots []string) error {
	recovered, missing := b.store.Missing()
	if recovered || b.earlier {
		roots = b.standing(roots)
	}
	b.steps.begin(Finding, 0)
	files := b.find(roots)
	// The places come first: what is stored after them is looked at again there.
	if err := b.store.Apply(store.Change{Places: b.labels()}); err != nil {
		return err
	}
	if err := b.readAll(ctx, files); err != nil {
		return err
	}
	if err := b.drop(roots, files); err != nil {
		return err
	}
	if recovered {
		if err := b.settle(missing); err != nil {
			return err
		}
	}
	if err := b.understandAll(ctx); err != nil {
		return err
	}
	if err := b.publish(ctx); err != nil || !b.earlier {
		return err
	}
	return b.putAway()
}

// standing adds to roots all places that are still there. They are looked at
// when a store was recovered: what it lacks may be found in them.
func (b *builder) standing(roots []string) []string {
	for root := range b.places {
		if _, err := os.Stat(root); err == nil || root == shipped {
			roots = append(roots, root)
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// settle says what a recovery could not find anywhere.
func (b *builder) settle(missing []string) error {
	for _, path := range missing {
		if _, found := b.store.Records()[path]; !found {
			b.report.Lost = append(b.report.Lost, path)
		}
	}
	return b.store.Apply(store.Change{Settled: true})
}

func (b *builder) labels() map[string]string {
	labels := map[string]string{}
	for path, p := range b.places {
		labels[path] = p.Label
	}
	return labels
}

func (b *builder) refuse(r source.Refusal) {
	b.report.Refused = append(b.report.Refused, r)
	b.report.Incomplete = b.report.Incomplete || b.named[filepath.FromSlash(r.File)]
}

// find returns the files of places, by their paths.
func (b *builder) find(roots []string) []file {
	var files []file
	for _, root := range roots {
		if root == shipped {
			files = append(files, shippedFiles(b.places[root])...)
			continue
		}
		if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
			delete(b.places, root)
			continue
		}
		entries, refused := source.Find([]string{root})
		for _, e := range entries {
			path := filepath.FromSlash(e.Name)
			e.Name = b.places[root].name(root, path)
			files = append(files, file{e, path})
		}
		for _, r := range refused {
			b.refuse(r)
		}
	}
	return files
}

func shippedFiles(p place) []file {
	entries, _ := source.FindFS(corpus.Files)
	files := make([]file, len(entries))
	for i, e := range entries {
		path := filepath.Join(shipped, e.Name)
		e.Name = p.name(shipped, path)
		files[i] = file{e, path}
	}
	return files
}

// drop takes out the stored files of places that were not found, unless they
// merely could not be looked at.
func (b *builder) drop(roots []string, found []file) error {
	here := map[string]bool{}
	for _, f := range found {
		here[f.path] = true
	}
	var gone []string
	for path := range b.store.Records() {
		lies := func(root string) bool { return within(path, root) }
		if !here[path] && slices.ContainsFunc(roots, lies) && !hidden(path) {
			gone = append(gone, path)
		}
	}
	b.report.Removed = append(b.report.Removed, gone...)
	return b.store.Apply(store.Change{Remove: gone})
}

// hidden reports whether a path cannot be looked at, so that nobody can say
// whether it is gone.
func hidden(path string) bool {
	_, err := os.Lstat(path)
	return err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// drafts are those of all stored files by name, as JSON.
func (b *builder) drafts() ([]draft, error) {
	records := slices.SortedFunc(maps.Values(b.store.Records()), func(x, y store.Record) int { return cmp.Compare(x.Name, y.Name) })
	drafts := make([]draft, 0, len(records))
	for _, r := range records {
		content, err := b.store.Draft(r.Path)
		if err != nil {
			return nil, err
		}
		if string(content) != "null" {
			drafts = append(drafts, draft{r.Name, json.RawMessage(content)})
		}
	}
	return drafts, nil
}
