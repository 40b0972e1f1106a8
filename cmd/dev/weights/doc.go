// Package weights learns what the words around a name weigh, for the rule weighing of
// index/annotate, and says how well that does.
package weights
