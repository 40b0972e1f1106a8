// Package corpus holds the statements that ship inside the program, byte for byte
// as they were obtained, with the metadata that their publishers give. They are
// read the way files of a disk are, see [demarche/index/source.FindFS].
//
// The texts are those of their publishers: the North Atlantic Council's
// statements of 19 July 2021 and 18 July 2025 are NATO's, the Paris Call of
// 12 November 2018 is that of the Ministry for Europe and Foreign Affairs of
// France and its supporters. They are reproduced unchanged as texts to search.
package corpus

import "embed"

// Files holds the statements and their metadata.csv.
//
//go:embed *.txt metadata.csv
var Files embed.FS
