// Package query reads the query language: text to tree and back.
package query
