package events

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdthering/regime/ledger"
)

// Whatever is in a batch: it is turned away, or every event of it has a form that a case takes.
func FuzzBatch(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(paths) == 0 {
		f.Fatal(paths, err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, s := range []string{"", "[]", "[null]", "[1]", "{}", `[{"event":1}]`, `[{"timestamp":1e400}]`, `[{"timestamp":-1}]`, "[[[["} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		parts, err := portions(body)
		if err != nil {
			return
		}
		for _, p := range parts {
			if !refForm.MatchString(p.ref) || len(p.events) == 0 || len(p.events) > ledger.MaxEvents {
				t.Fatalf("%+v", p)
			}
			for _, e := range p.events {
				if e.State == "" || !mailForm.MatchString(e.Mail) || e.At.Before(time.Time{}) {
					t.Fatalf("%+v", e)
				}
			}
			if _, err := json.Marshal(p.events); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Whatever is given for keys: one or two of the right kind, or an error.
func FuzzParseKeys(f *testing.F) {
	for _, s := range []string{"", "x", "-----BEGIN PUBLIC KEY-----\\nAB\\n-----END PUBLIC KEY-----", "a,b", "-----BEGIN A----------END A-----"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := ParseKeys(text)
		if err == nil && (len(keys) == 0 || len(keys) > maxKeys || keys[0] == nil) {
			t.Fatalf("%v", keys)
		}
	})
}
