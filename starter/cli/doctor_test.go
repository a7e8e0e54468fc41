package cli_test

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/starter/cli"
)

// doctor has the program look, with a server that is as the findings say.
func doctor(t *testing.T, env map[string]string, server []cases.Finding, words ...string) answer {
	t.Helper()
	var out, err bytes.Buffer
	code := cli.Run(t.Context(), cli.IO{
		Args: append([]string{"doctor"}, words...), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
		Getenv:  func(name string) string { return env[name] },
		Examine: func(context.Context) []cases.Finding { return server },
		Now:     func() time.Time { return began },
	})
	return answer{code, out.String(), err.String()}
}

var goodServer = []cases.Finding{{What: "server", OK: true, Says: "answers"}}

func TestTheDoctorSaysOfEachThingWhetherItIsWellAndWhatToDo(t *testing.T) {
	t.Chdir(t.TempDir())
	a := doctor(t, nil, goodServer)
	if a.code != 0 || !strings.Contains(a.out, "All is well.") || strings.Contains(a.out, "WRONG") {
		t.Fatalf("%+v", a)
	}
	for _, what := range []string{"server", "bank holidays", "directory", "mail", "pages", "records", "outbox"} {
		has(t, a.out, "\n"+what)
	}
	broken := filepath.Join(t.TempDir(), "directory.csv")
	if err := os.WriteFile(broken, []byte("party,name\n\"CQC\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	listener.Close()
	failing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer failing.Close()
	smtp := func(address string) map[string]string {
		return map[string]string{"HTR_MAIL": "smtp", "HTR_SMTP_ADDRESS": address, "HTR_SMTP_TLS": "none", "HTR_MAIL_FROM": "a@example.org", "HTR_MAIL_REPLY_TO": "a@example.org"}
	}
	for name, row := range map[string]struct {
		env    map[string]string
		server []cases.Finding
		code   int
		says   string
	}{
		"no server":      {nil, []cases.Finding{{What: "server", Says: "no answer", Do: "start it"}}, 3, "start it"},
		"no key":         {nil, []cases.Finding{{What: "key", Says: "another", Do: "name it"}}, 2, "name it"},
		"directory":      {map[string]string{"HTR_DIRECTORY": broken}, goodServer, 2, "directory"},
		"mail settings":  {map[string]string{"HTR_MAIL": "pigeon"}, goodServer, 2, "HTR_MAIL is outbox"},
		"relay":          {smtp(closed), goodServer, 2, "see that the relay runs"},
		"pages fail":     {map[string]string{"HTR_PAGES_URL": failing.URL}, goodServer, 2, "502"},
		"pages closed":   {map[string]string{"HTR_PAGES_URL": "http://" + closed}, goodServer, 2, "HTR_PAGES_ADDRESS"},
		"records a file": {map[string]string{"HTR_RECORDS": broken}, goodServer, 2, "no folder"},
	} {
		a := doctor(t, row.env, row.server)
		text := strings.Join(strings.Fields(a.out), " ")
		if a.code != row.code || !strings.Contains(text, row.says) || !strings.Contains(text, "WRONG") || !strings.Contains(text, "1 of ") {
			t.Errorf("%s: exit %d\n%s%s", name, a.code, a.out, a.err)
		}
	}
	v := asJSON[struct {
		OK       bool
		Findings []cases.Finding
	}](t, doctor(t, map[string]string{"HTR_MAIL": "pigeon"}, goodServer, "--json").out)
	if v.OK || len(v.Findings) < 7 {
		t.Errorf("%+v", v)
	}
}
