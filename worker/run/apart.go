package run

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"holdthering/environ"
	"holdthering/loopback"
	"holdthering/pages"
	"holdthering/pages/apart"
	"holdthering/seal"
)

// The variables by which the pages are served by a process of their own (worker --only pages).
const (
	apartAddress = "HTR_PAGES_APART_ADDRESS" // where a worker answers that process
	apartWorker  = "HTR_PAGES_WORKER"        // where that process asks: http://worker:8028
	apartKeyFile = apart.KeyVariable
)

// OnlyPages is what --only takes: a process that serves the pages alone, takes no cases and asks a worker.
const OnlyPages = "pages"

// apart is where a worker answers the process that serves the pages, and under which key; empty where there
// is none.
func (s Settings) apart() (key apart.Key, at string, err error) {
	at, file := s.getenv(apartAddress), s.getenv(apartKeyFile)
	switch {
	case at == "" && file == "":
		return key, "", nil
	case at == "":
		return key, "", fmt.Errorf("%s is missing: where this worker answers the process that serves the pages, such as "+
			"127.0.0.1:8028", apartAddress)
	case file == "":
		return key, "", fmt.Errorf("%s is missing: the file of the key that the process of the pages has as well (openssl "+
			"rand -hex 32)", apartKeyFile)
	case s.getenv(pagesURL) == "" || s.getenv(pagesKeyFile) == "":
		return key, "", fmt.Errorf("%s needs %s and %s in the worker, which makes and judges the links", apartAddress,
			pagesURL, pagesKeyFile)
	}
	if err = environ.CheckAddress(apartAddress, at); err != nil {
		return key, "", err
	}
	for _, other := range []string{seal.Variable, pagesKeyFile} {
		if sameFile(file, s.getenv(other)) {
			return key, "", fmt.Errorf("%s names the file of %s: the process that the world reaches would hold it", apartKeyFile,
				other)
		}
	}
	if key, err = apart.Read(file); err != nil {
		return key, "", fmt.Errorf("the key of %s: %w", apartKeyFile, err)
	}
	return key, at, nil
}

// alone is all that a process needs which serves the pages alone.
type alone struct {
	at, worker string
	url        *url.URL
	key        apart.Key
}

// mustNotHave are what a process that the world reaches is not to hold.
var mustNotHave = []string{seal.Variable, pagesKeyFile, "TEMPORAL_API_KEY", "TEMPORAL_TLS_CLIENT_KEY_PATH",
	"TEMPORAL_TLS_CLIENT_KEY_DATA", "SENDGRID_API_KEY", "HTR_SMTP_PASSWORD"}

func (s Settings) alone() (out alone, err error) {
	var faults []error
	for _, name := range mustNotHave {
		if s.getenv(name) != "" {
			faults = append(faults, fmt.Errorf("%s is set: a process that serves the pages alone must hold no such key", name))
		}
	}
	if out.at = s.getenv(pagesAddress); out.at == "" || out.at == nowhere {
		faults = append(faults, fmt.Errorf("%s says where the pages are served, such as 127.0.0.1:8027", pagesAddress))
	} else {
		faults = append(faults, environ.CheckAddress(pagesAddress, out.at))
	}
	var wrong error
	if out.url, wrong = pagesBase(s.getenv(pagesURL)); wrong != nil {
		faults = append(faults, wrong)
	}
	out.worker = strings.TrimSuffix(s.getenv(apartWorker), "/")
	if u, wrong := url.Parse(out.worker); wrong != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" {
		faults = append(faults, fmt.Errorf("%s is where a worker answers, such as http://worker:8028, not %q", apartWorker,
			out.worker))
	}
	if file := s.getenv(apartKeyFile); file == "" {
		faults = append(faults, fmt.Errorf("%s is missing: the file of the key that the worker has as well", apartKeyFile))
	} else if out.key, wrong = apart.Read(file); wrong != nil {
		faults = append(faults, fmt.Errorf("the key of %s: %w", apartKeyFile, wrong))
	}
	_, wrong = s.secretariat()
	return out, errors.Join(append(faults, wrong)...)
}

// serveAlone serves the pages until ctx ends. It asks no Temporal server.
func (s Settings) serveAlone(ctx context.Context) error {
	a, err := s.alone()
	if err != nil {
		return err
	}
	reach, err := s.secretariat()
	if err != nil {
		return err
	}
	front := &pages.Front{URL: a.url, Secretariat: reach, Log: s.Log}
	far := &apart.Far{Key: a.key, Worker: a.worker, Client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		Sorry: func(w http.ResponseWriter, reason error) {
			s.Log.Warn("A page could not be shown", "reason", reason)
			front.Sorry(w)
		}}
	front.Behind = far
	s.health.Set("worker", far.Ready)
	server, err := loopback.Listen(a.at, front.Handler(), strings.ToLower(a.url.Hostname()))
	if err != nil {
		return fmt.Errorf("%s: %w", pagesAddress, err)
	}
	s.Log.Info("Members can answer on pages", "address", server.Address(), "in mails", a.url.String(), "worker", a.worker)
	s.health.Set("pages", server.Serves)
	<-ctx.Done()
	s.closing(server, "The pages did not stop in time")()
	return nil
}
