// Package api is the JSON interface under /api/v1: its types, the parameters it
// takes, its answers and its description in OpenAPI 3.1, which is generated from
// the types and the table of parameters so that it cannot drift from them. The
// types also serve the commands that print JSON. Offsets in JSON are Unicode
// code points. Pages take their parameters from here, but have types of their
// own: nothing here knows how a page looks.
package api
