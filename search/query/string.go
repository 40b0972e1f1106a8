package query

func (n And) String() string    { return "" }
func (n Or) String() string     { return "" }
func (n Not) String() string    { return "" }
func (n Word) String() string   { return "" }
func (n Prefix) String() string { return "" }
func (n Phrase) String() string { return "" }
func (n Near) String() string   { return "" }
func (n Field) String() string  { return "" }
