package segment

import (
	"demarche/index/clean"
	"demarche/index/source"
	"demarche/search"
)

// Split cuts the repaired text t of a file into versions and paragraphs. A file
// in which nothing is a paragraph has versions without paragraphs, or none.
func Split(f source.File, t clean.Text) Document {
	d := Document{Source: f.Source, Declared: f.Declared, Fields: withLogos(f.Fields, t.Text), Repairs: t.Repairs}
	units := withLabels(readUnits(t.Text))
	classify(units)
	units = runIn(units)
	d.Fields = withPermalinks(d.Fields, units)
	for _, run := range versions(units, declaredLangs(f.Declared)) {
		v := version(f, t, run)
		v.Front = withPageHead(v.Front, f)
		d.Versions = append(d.Versions, v)
	}
	return d
}

// version turns the units of one language into a version.
func version(f source.File, t clean.Text, r run) Version {
	v := Version{Lang: r.lang, Title: title(r.units)}
	for _, u := range r.units {
		span := f.Origin(t.Origin(u.span))
		if u.kind != paragraph {
			v.Front = append(v.Front, Line{Kind: u.kind, Text: u.text, Origin: span})
			continue
		}
		if len(v.Paragraphs) == 0 {
			if line := dateline(u.lang, u.text); line != "" {
				v.Front = append(v.Front, Line{Kind: DateLine, Text: line, Origin: span})
			}
		}
		if n := len(v.Paragraphs); n > 0 {
			// Markup between two paragraphs that became one mark belongs to the first.
			span.Start = max(span.Start, v.Paragraphs[n-1].Origin.Span.End)
		}
		v.Paragraphs = append(v.Paragraphs, search.Paragraph{
			Position: len(v.Paragraphs) + 1,
			Number:   u.number,
			Text:     u.text,
			Origin:   search.Origin{File: f.Source.File, Span: span},
		})
	}
	return v
}
