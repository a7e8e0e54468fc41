package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"

	"holdthering/whole"
)

// pagesPorts are where members' pages are with make dev: at the same place each time, so that the links in the outbox
// go on opening.
var pagesPorts = map[string]string{cases: defaultPagesPort, demonstration: "8029"}

// served is where the pages of a namespace are, and what has its worker serve them; at is empty where the user's own
// settings say it all.
type served struct {
	url string
	env []string
}

// pagesOf has the worker of a namespace serve pages on this machine. What the user has set of them is for the real
// cases, and stays as it is.
func (s site) pagesOf(namespace string) (served, error) {
	if namespace == cases && (os.Getenv("HTR_PAGES_URL") != "" || os.Getenv("HTR_PAGES_ADDRESS") != "" || os.Getenv("HTR_PAGES_KEY_FILE") != "") {
		return served{url: os.Getenv("HTR_PAGES_URL")}, nil
	}
	address, err := free("127.0.0.1:" + pagesPorts[namespace])
	if err != nil {
		return served{}, err
	}
	file, err := s.pagesKey(namespace)
	if err != nil {
		return served{}, err
	}
	out := served{url: "http://" + address, env: []string{"HTR_PAGES_ADDRESS=" + address, "HTR_PAGES_URL=http://" + address,
		"HTR_PAGES_KEY_FILE=" + file}}
	if namespace == demonstration {
		out.env = append(out.env, inventedSecretariat)
	}
	return out, nil
}

// free is the address or, where that is taken, another of this machine.
func free(address string) (string, error) {
	for _, at := range []string{address, "127.0.0.1:0"} {
		l, err := net.Listen("tcp", at)
		if err != nil {
			continue
		}
		defer l.Close()
		return l.Addr().String(), nil
	}
	return "", errors.New("there is no free port on this machine for members' pages")
}

// inventedSecretariat is how the secretariat of a demonstration is reached.
const inventedSecretariat = "HTR_SECRETARIAT=Regional team secretariat; 01632 960 001; secretariat@england.example"

// pagesKey is the file of the key of a namespace's links, made once.
func (s site) pagesKey(namespace string) (string, error) {
	file := s.own(namespace, "pages.key")
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		return file, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	return file, whole.Replace(file, []byte(newSecret()+"\n"), 0o600)
}
