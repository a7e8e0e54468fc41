package main

import (
	"net"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestThePagesOfADevelopersMachineStayWhereTheyWere(t *testing.T) {
	for _, name := range []string{"HTR_PAGES_URL", "HTR_PAGES_ADDRESS", "HTR_PAGES_KEY_FILE"} {
		t.Setenv(name, "")
	}
	s := site{t.TempDir()}
	key := func(p served) string {
		at := slices.IndexFunc(p.env, func(e string) bool { return strings.HasPrefix(e, "HTR_PAGES_KEY_FILE=") })
		raw, err := os.ReadFile(strings.TrimPrefix(p.env[at], "HTR_PAGES_KEY_FILE="))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	var keys []string
	for _, namespace := range []string{cases, demonstration} {
		first, err := s.pagesOf(namespace)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.pagesOf(namespace)
		if err != nil || key(first) != key(again) || len(strings.TrimSpace(key(first))) != 64 {
			t.Errorf("%s: the key has changed: %v", namespace, err)
		}
		keys = append(keys, key(first))
		if !slices.Contains(first.env, "HTR_PAGES_URL="+first.url) || !strings.HasPrefix(first.url, "http://127.0.0.1:") {
			t.Errorf("%+v", first)
		}
	}
	if keys[0] == keys[1] {
		t.Error("the links of a demonstration open real cases")
	}
	t.Setenv("HTR_PAGES_URL", "https://ring.example")
	if p, err := s.pagesOf(cases); err != nil || p.url != "https://ring.example" || len(p.env) > 0 {
		t.Errorf("%+v, %v: what the user has set is not left as it is", p, err)
	}
}

func TestAPortThatIsTakenIsPassedOver(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	at, err := free(l.Addr().String())
	if err != nil || at == l.Addr().String() {
		t.Errorf("%s, %v", at, err)
	}
}
