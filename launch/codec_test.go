package main

import (
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/seal"
)

func TestTheDevelopersUIReadsCasesThroughACodecOfThisMachine(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := seal.Make(key); err != nil {
		t.Fatal(err)
	}
	t.Setenv(seal.Variable, key)
	c, err := openCodec(0, 8233)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if !strings.HasPrefix(c.endpoint, "http://127.0.0.1:") {
		t.Fatalf("it listens at %q", c.endpoint)
	}
	again, err := openCodec(0, 8233)
	if err != nil {
		t.Fatal(err)
	}
	defer again.close()
	if token := c.endpoint[strings.LastIndex(c.endpoint, "/")+1:]; len(token) < 26 || strings.HasSuffix(again.endpoint, token) {
		t.Fatalf("%q could be guessed", c.endpoint)
	}
	bare := strings.TrimSuffix(c.endpoint, c.endpoint[strings.LastIndex(c.endpoint, "/"):])
	if answer, err := http.Post(bare+seal.DecodePath, "application/json", strings.NewReader(`{"payloads":[]}`)); err != nil ||
		answer.StatusCode != 404 {
		t.Errorf("who does not know the address is answered: %+v, %v", answer, err)
	}
	for origin, want := range map[string]int{"http://127.0.0.1:8233": 200, "http://localhost:8233": 200,
		"http://127.0.0.1:8234": 403} {
		q, err := http.NewRequest(http.MethodPost, c.endpoint+seal.DecodePath, strings.NewReader(`{"payloads":[]}`))
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Origin", origin)
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%s: %s, want %d", origin, answer.Status, want)
		}
	}
}

func TestDevGoesOnWithoutACodecWhereThereCanBeNone(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := seal.Make(key); err != nil {
		t.Fatal(err)
	}
	t.Setenv(seal.Variable, key)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	c, err := openCodec(taken.Addr().(*net.TCPAddr).Port, 8233)
	if err != nil || c.endpoint != "" {
		t.Errorf("the port is taken: %+v, %v", c, err)
	}
	c.close()
	t.Setenv(seal.Variable, seal.Open)
	c, err = openCodec(0, 8233)
	if err != nil || c.endpoint != "" {
		t.Errorf("nothing is sealed: %+v, %v", c, err)
	}
	c.close()
}
