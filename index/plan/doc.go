// Package plan turns a query into what it means in one language: terms,
// positions and their combination. Engines translate a plan to their index;
// [Match] evaluates it on one paragraph, which gives the highlights of every
// engine and the whole of the reference engine.
//
// It is not for reading queries (search/query) nor for finding paragraphs.
package plan
