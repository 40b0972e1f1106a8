package annotate

import (
	"encoding/csv"
	"fmt"
	"io/fs"
)

// readTable gives the rows of a file of data without its header. The error is
// [fs.ErrNotExist], wrapped, where there is no such file.
func readTable(files fs.FS, name string) ([][]string, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows[1:], nil
}
