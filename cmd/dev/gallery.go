package main

import (
	"fmt"
	"io"
	"net/http"

	"github.com/spf13/cobra"

	"demarche/index/gazetteer"
	"demarche/index/memindex"
	"demarche/search"
	"demarche/web"
	"demarche/web/webtest"
)

// galleryCommand shows every page in every state, from sample statements.
func galleryCommand() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use:   "gallery",
		Short: "Serve every page in every state, from sample statements",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			site, err := gallerySite()
			if err != nil {
				return err
			}
			return serveGallery(c.OutOrStdout(), site, addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8081", "address to serve at")
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
