package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"demarche/index/gazetteer"
	"demarche/index/memindex"
	"demarche/search"
	"demarche/web"
	"demarche/web/webtest"
)

// galleryCommand shows every page in every state, from sample statements.
func galleryCommand() *cobra.Command {
	var addr, out string
	c := &cobra.Command{
		Use:   "gallery",
		Short: "Serve every page in every state, from sample statements, or write them to a folder",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			site, err := gallerySite()
			if err != nil {
				return err
			}
			if out != "" {
				return writeGallery(c.OutOrStdout(), site, out)
			}
			return serveGallery(c.OutOrStdout(), site, addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8081", "address to serve at")
	c.Flags().StringVar(&out, "out", "", "folder to write the pages to, instead of serving them")
	return c
}

func gallerySite() (http.Handler, error) {
	names, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	open := func(statements []search.Statement) search.Engine { return memindex.New(statements) }
	return webtest.Site(open, names)
}

func serveGallery(w io.Writer, site http.Handler, addr string) error {
	for _, p := range webtest.Pages() {
		fmt.Fprintf(w, "http://%s%s\n", addr, p.Address)
	}
	return web.Server(addr, site, nil).ListenAndServe()
}

// writeGallery writes each page as NAME.html.
func writeGallery(w io.Writer, site http.Handler, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, p := range webtest.Pages() {
		answer := httptest.NewRecorder()
		site.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, p.Address, nil))
		if answer.Code != p.Status {
			return fmt.Errorf("%s answers %d, not %d", p.Address, answer.Code, p.Status)
		}
		name := filepath.Join(folder, p.Name+".html")
		if err := os.WriteFile(name, answer.Body.Bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintln(w, name)
	}
	return nil
}
