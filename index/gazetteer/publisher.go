package gazetteer

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// anyCountry stands, in publishers.csv, for the two letters of any country, which
// then is the publisher: "gov.??".
const anyCountry = "??"

// Publisher is the state or body at whose address a page stands; "" where it is
// not known or the address is none.
func (g *Gazetteer) Publisher(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	for i := range labels {
		if id, ok := g.hosts[strings.Join(labels[i:], ".")]; ok {
			return id
		}
		if i == len(labels)-2 {
			if _, ok := g.hosts[labels[i]+"."+anyCountry]; ok {
				return g.country(labels[i+1])
			}
		}
	}
	return ""
}

// country is the state that has a top-level domain; "" where it is none.
func (g *Gazetteer) country(domain string) string {
	id := strings.ToUpper(domain)
	if id == "UK" {
		id = "GB"
	}
	if g.kinds[id] != State {
		return ""
	}
	return id
}

// hostName is a host, whole or from a dot on.
var hostName = regexp.MustCompile(`^[\pL\pN-]+(\.[\pL\pN-]+)*$`)

// readPublisher reads who publishes at hosts. A row for any country has no ID, as
// the host itself says which.
func readPublisher(b *builder, r row) {
	id := r.field("id")
	if id != "" && !stateID.MatchString(id) && !slugID.MatchString(id) {
		r.fail("id", "must be an ISO 3166-1 code of two capitals, a slug, or empty for hosts that end in "+anyCountry)
		return
	}
	if id != "" {
		b.refers(r, "id", id)
	}
	for _, host := range r.list("hosts") {
		if !hostName.MatchString(strings.TrimSuffix(host, "."+anyCountry)) {
			r.fail("hosts", fmt.Sprintf("%q is no host: write it without https:// and without a path, as in example.org", host))
			continue
		}
		if id == "" && !strings.HasSuffix(host, "."+anyCountry) {
			r.fail("id", "must not be empty: only hosts that end in "+anyCountry+" say themselves whose they are")
			continue
		}
		b.gazetteer.hosts[strings.ToLower(host)] = id
	}
}
