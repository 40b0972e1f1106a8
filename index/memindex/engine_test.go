package memindex_test

import (
	"testing"

	"demarche/index/memindex"
	"demarche/search"
	"demarche/search/enginetest"
)

func TestEngine(t *testing.T) {
	enginetest.Run(t, func(_ testing.TB, statements []search.Statement) search.Engine {
		return memindex.New(statements)
	})
}
