// Package sbom says in CycloneDX 1.6 what a Go program was made of: the
// modules that the linker wrote into it. It looks for no licences and for
// nothing outside of the program.
package sbom

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
)

// document is a bill of materials, the part of CycloneDX 1.6 that is used.
type document struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	SerialNumber string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type        string     `json:"type"`
	Ref         string     `json:"bom-ref"`
	Name        string     `json:"name"`
	Version     string     `json:"version,omitempty"`
	Description string     `json:"description,omitempty"`
	PURL        string     `json:"purl,omitempty"`
	Properties  []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

// Write writes the bill of a program. The same program has the same bill,
// whoever makes it and when: there is no time in it.
func Write(w io.Writer, info *debug.BuildInfo) error {
	d := document{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata:   metadata{application(info)},
		Components: components(info),
	}
	refs := []string{}
	for _, c := range d.Components {
		refs = append(refs, c.Ref)
		d.Dependencies = append(d.Dependencies, dependency{c.Ref, []string{}})
	}
	d.Dependencies = append([]dependency{{d.Metadata.Component.Ref, refs}}, d.Dependencies...)
	if err := d.number(); err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(d)
}

// number gives the bill a serial number that is made of its content, in the
// form of a UUID of version 8.
func (d *document) number() error {
	content, err := json.Marshal(d)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	d.SerialNumber = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	return nil
}

// application is the program itself. Its settings are those that decide about
// its bytes.
func application(info *debug.BuildInfo) component {
	c := component{Type: "application", Ref: "program", Name: info.Path, Version: cmp.Or(info.Main.Version, "(devel)")}
	for _, s := range info.Settings {
		if s.Value != "" {
			c.Properties = append(c.Properties, property{"go:" + strings.TrimLeft(s.Key, "-"), s.Value})
		}
	}
	return c
}

// components are the standard library and all modules, by name.
func components(info *debug.BuildInfo) []component {
	version := strings.TrimPrefix(info.GoVersion, "go")
	all := []component{{Type: "library", Ref: purl("std", version), Name: "std", Version: version, Description: "the standard library of Go", PURL: purl("std", version)}}
	for _, m := range info.Deps {
		all = append(all, library(m))
	}
	slices.SortFunc(all, func(a, b component) int { return cmp.Compare(a.Ref, b.Ref) })
	return all
}

// library is a module. One that is replaced by a folder of the project is the
// project's own and has no address.
func library(m *debug.Module) component {
	if r := m.Replace; r != nil && r.Version == "" {
		return component{Type: "library", Ref: m.Path, Name: m.Path, Description: "the project's own, in " + r.Path + ", in the place of the module of this name"}
	}
	if m.Replace != nil {
		m = m.Replace
	}
	c := component{Type: "library", Ref: purl(m.Path, m.Version), Name: m.Path, Version: m.Version, PURL: purl(m.Path, m.Version)}
	if m.Sum != "" {
		c.Properties = []property{{"go:sum", m.Sum}}
	}
	return c
}

// purl is the package URL of a module. The characters of module paths need no
// escape in one; "+" of versions does.
func purl(path, version string) string {
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}
