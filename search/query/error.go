package query

// Error is a query that cannot be read. Detail is for readers, in English; Code
// names the fault for those who translate it.
type Error struct {
	// Code is a stable name of the fault, such as "unbalanced_quote".
	Code   string
	Detail string
	// Offset and Length tell where, in Unicode code points of the input.
	Offset, Length int
	// Suggestion is the nearest query that parses; "" when there is none.
	Suggestion string
	// Args fill the translated message: the word, the field, the limit.
	Args map[string]string
}

func (e *Error) Error() string { return e.Detail }
