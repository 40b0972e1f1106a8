// Package web is how readers ask: the pages, the JSON interface over HTTP and
// everything around them that is HTTP. It asks a [search.Engine] and knows of
// no index. A request is read to a value, the value is answered, the answer is
// written; handlers return errors, and errors.go alone turns them into pages
// or problem documents.
package web
