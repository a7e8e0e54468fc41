package run

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/activities/directory"
	"holdthering/cases"
	"holdthering/environ"
	"holdthering/loopback"
	"holdthering/notices"
	"holdthering/pages"
	"holdthering/pages/apart"
	"holdthering/pages/link"
	"holdthering/seal"
)

// The variables that say whether members answer on pages: all three, or none.
const (
	pagesAddress = "HTR_PAGES_ADDRESS" // where they are served; none: by another worker
	pagesURL     = "HTR_PAGES_URL"     // what stands in mails
	pagesKeyFile = link.Variable
)

// answering is how members answer on pages.
type answering struct {
	keys link.Keys
	url  *url.URL
	at   string // empty where another worker serves
}

// pages are those of the environment; nil where there are none.
func (s Settings) pages() (*answering, error) {
	at, text, file := s.getenv(pagesAddress), s.getenv(pagesURL), s.getenv(pagesKeyFile)
	if at == "" && text == "" && file == "" {
		return nil, nil
	}
	var out answering
	var faults []error
	if at == "" {
		faults = append(faults, fmt.Errorf("%s is missing: where the pages are served, such as 127.0.0.1:8027, or %s "+
			"where another worker does it", pagesAddress, nowhere))
	} else if at != nowhere {
		out.at = at
	}
	var err error
	if out.url, err = pagesBase(text); err != nil {
		faults = append(faults, err)
	}
	switch out.keys, err = link.Read(file); {
	case file == "":
		faults = append(faults, fmt.Errorf("%s is missing: the file of the key that signs the links (openssl rand -hex 32)",
			pagesKeyFile))
	case err != nil:
		faults = append(faults, fmt.Errorf("the key of %s: %w", pagesKeyFile, err))
	case sameFile(file, s.getenv(seal.Variable)):
		faults = append(faults, fmt.Errorf("%s names the file of %s; the links have a key of their own", pagesKeyFile,
			seal.Variable))
	}
	return &out, errors.Join(faults...)
}

// pagesBase reads what stands in mails before the path. Over the network a link without TLS could be read
// by anybody on the way.
func pagesBase(text string) (*url.URL, error) {
	if text == "" {
		return nil, fmt.Errorf("%s is missing: what stands in mails, such as https://ring.example", pagesURL)
	}
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%s is an address such as https://ring.example, not %q", pagesURL, text)
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, fmt.Errorf("%s is a host alone, such as https://ring.example, and nothing behind it: %q", pagesURL, text)
	case u.Scheme == "http" && !loopback.Only(u.Hostname()+":0"):
		return nil, fmt.Errorf("%s begins with https: a link that goes openly can be used by whoever sees it", pagesURL)
	}
	return u, nil
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	two, wrong := os.Stat(b)
	return err == nil && wrong == nil && os.SameFile(one, two)
}

func (s Settings) checkPages() error {
	_, err := s.pages()
	_, wrong := s.secretariat()
	_, _, other := s.apart()
	return errors.Join(err, wrong, other)
}

// secretariat is how members reach those who run the cases.
func (s Settings) secretariat() (notices.Secretariat, error) {
	out, err := notices.ParseSecretariat(s.getenv(notices.SecretariatVariable))
	if err != nil {
		return out, fmt.Errorf("%s: %w", notices.SecretariatVariable, err)
	}
	return out, nil
}

// links are what mails get, nil where there are no pages.
func (s Settings) links() (*link.Issuer, error) {
	p, err := s.pages()
	if p == nil || err != nil {
		return nil, err
	}
	return &link.Issuer{Keys: p.keys, Base: p.url.String() + pages.Path}, nil
}

// pagePatience is less than a browser waits, and enough for a case that is woken.
const pagePatience = 12 * time.Second

// refusalTakes is longer than it takes to ask a case, so that the time tells nothing of a link that opens
// nothing. goodFor is how long what a case answered is shown to all who look.
const (
	refusalTakes = 400 * time.Millisecond
	goodFor      = time.Second
)

// servePages has members answer, where pages are configured: here, or on a process of their own that asks
// this one. What it gives back stops that.
func (s Settings) servePages(c client.Client, o client.Options) (stop func(), err error) {
	p, err := s.pages()
	if err != nil || p == nil {
		return func() {}, err
	}
	key, near, err := s.apart()
	if err != nil || p.at == "" && near == "" {
		return func() {}, err
	}
	site, err := s.site(p, c, o)
	if err != nil {
		return nil, err
	}
	var stops []func()
	stop = func() {
		for _, one := range stops {
			one()
		}
		site.Wait()
	}
	if p.at != "" {
		server, err := loopback.Listen(p.at, site.Handler(), strings.ToLower(p.url.Hostname()))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", pagesAddress, err)
		}
		stops = append(stops, s.closing(server, "The pages did not stop in time"))
		s.health.Set("pages", server.Serves)
		s.Log.Info("Members can answer on pages", "address", server.Address(), "in mails", p.url.String())
	}
	if near != "" {
		server, err := loopback.Listen(near, &apart.Near{Key: key, Pages: site.Behind(), Log: s.Log})
		if err != nil {
			stop()
			return nil, fmt.Errorf("%s: %w", apartAddress, err)
		}
		stops = append(stops, s.closing(server, "The pages' process was not answered to the end"))
		s.health.Set("pages apart", server.Serves)
		s.Log.Info("A process that serves the pages can ask here", "address", server.Address(), "in mails", p.url.String())
	}
	return stop, nil
}

// site are the pages over the cases of a server.
func (s Settings) site(p *answering, c client.Client, o client.Options) (*pages.Pages, error) {
	keys, err := seal.FromEnv(environ.Get)
	if err != nil {
		return nil, err
	}
	book, err := s.contacts()
	if err != nil {
		return nil, err
	}
	reach, err := s.secretariat()
	if err != nil {
		return nil, err
	}
	return &pages.Pages{Keys: p.keys, Contacts: book, URL: p.url, Secretariat: reach, Now: time.Now, Log: s.Log,
		Refusal: refusalTakes, Fresh: goodFor,
		Cases: cases.New(c, o.HostPort, o.Namespace, cases.Settings{Patience: pagePatience, Keys: keys})}, nil
}

var _ pages.Contacts = (*directory.Directory)(nil)
