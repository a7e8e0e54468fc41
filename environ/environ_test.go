package environ_test

import (
	"strings"
	"testing"

	"holdthering/environ"
)

func TestAValueIsReadAsItIsMeant(t *testing.T) {
	for raw, want := range map[string]string{
		"":                     "",
		" \r\n":                "",
		"eu\n":                 "eu",
		"\ufeffSG.k\r\n":       "SG.k",
		"\u00a0x\u200b":        "x",
		`"eu"`:                 "eu",
		"'10m'\n":              "10m",
		`"A" <a@b> "c"`:        `"A" <a@b> "c"`,
		`"Ring" <r@x.example>`: `"Ring" <r@x.example>`,
		`C:\new`:               `C:\new`,
		`-----BEGIN PUBLIC KEY-----\nAB\n-----END PUBLIC KEY-----\n`: "-----BEGIN PUBLIC KEY-----\nAB\n-----END PUBLIC KEY-----\n",
		"two words": "two words",
	} {
		if got := environ.Value(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
		if got := environ.Cleaned(func(string) string { return raw })("X"); got != want {
			t.Errorf("%q: %q", raw, got)
		}
	}
	if got := environ.Cleaned(func(string) string { return "\" x'\r\n" })("HTR_SMTP_PASSWORD"); got != `" x'` {
		t.Errorf("the password is %q", got)
	}
	if environ.Cleaned(nil)("X") != "" {
		t.Error("something is set")
	}
}

func TestTemporalsOwnSettingsAreReadSoToo(t *testing.T) {
	t.Setenv("TEMPORAL_ADDRESS", " ring.example:7233/\n")
	t.Setenv("TEMPORAL_GRPC_META_X", "y\n")
	env := environ.Temporal()
	if got, set := env.LookupEnv("TEMPORAL_ADDRESS"); got != "ring.example:7233" || !set {
		t.Errorf("%q", got)
	}
	if _, set := env.LookupEnv("TEMPORAL_NOTHING"); set {
		t.Error("what is not set is set")
	}
	for _, entry := range env.Environ() {
		if entry == "TEMPORAL_GRPC_META_X=y" {
			return
		}
	}
	t.Error("the environment as a whole is as it was")
}

func TestSeveralAddressesAreEachLookedAt(t *testing.T) {
	t.Setenv("TEMPORAL_ADDRESS", "a.example:7233/, b.example:7233\n")
	if got, _ := environ.Temporal().LookupEnv("TEMPORAL_ADDRESS"); got != "a.example:7233,b.example:7233" {
		t.Errorf("%q", got)
	}
	for _, good := range []string{"a:7233", "dns:///a:7233", "a:7233,b:7233", "[::1]:7233, a:7233", "a:7233,"} {
		if err := environ.CheckAddresses("X", good); err != nil {
			t.Error(err)
		}
	}
	for value, says := range map[string]string{"": "host:port", ",": "host:port", "a:7233,b": `not "b"`, "a,b:7233": `not "a"`,
		"dns:///a:7233,b:7233": "stands alone", "a:7233,dns:///b:7233": "stands alone", "a:7233;b:7233": "host:port",
		"a:7233,https://b": "host:port"} {
		if err := environ.CheckAddresses("X", value); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", value, err)
		}
	}
}
