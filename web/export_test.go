package web

// Routes are the paths of all routes of a site, as the router has them.
func (s *Site) Routes() []string {
	return mapped(s.site.addresses(), func(r route) string { return r.path })
}
