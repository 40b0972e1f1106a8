package api

import (
	"net/url"
	"strconv"
)

// PassagePage is the page of a statement in a language at a paragraph, counted
// from 1; 0 is the top.
func PassagePage(statement, lang, ui string, position int) string {
	w := encoder{}
	w.add("lang", lang)
	w.add("ui", ui)
	page := address(statementsPage+url.PathEscape(statement), w.String())
	if position > 0 {
		page += "#p" + strconv.Itoa(position)
	}
	return page
}
