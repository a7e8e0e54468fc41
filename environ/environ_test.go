package environ_test

import (
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
