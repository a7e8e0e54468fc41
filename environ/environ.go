// Package environ reads settings from the environment as they are meant: files of secrets,
// container definitions and shells leave line ends, blanks and quotation marks around a value, and
// a key of several lines comes on one, with "\n" in it.
package environ

import (
	"os"
	"strings"
	"unicode"

	"go.temporal.io/sdk/contrib/envconfig"
)

// Value is a value without blanks and quotation marks that were not meant.
func Value(raw string) string {
	v := strings.TrimFunc(raw, blank)
	for _, quote := range []string{`"`, `'`} {
		inner, opened := strings.CutPrefix(v, quote)
		inner, closed := strings.CutSuffix(inner, quote)
		if opened && closed && !strings.Contains(inner, quote) {
			v = strings.TrimFunc(inner, blank)
		}
	}
	if strings.Contains(v, "-----BEGIN ") {
		v = onLines.Replace(v)
	}
	return v
}

var onLines = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", "\r\n", "\n")

func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) // a byte order mark is a Cf
}

// Cleaned looks values up as they are meant; without a look-up nothing is set.
func Cleaned(getenv func(string) string) func(string) string {
	return func(name string) string {
		if getenv == nil {
			return ""
		}
		return named(name, getenv(name))
	}
}

// named leaves a password its quotation marks and blanks, which may be part of it.
func named(name, raw string) string {
	if strings.HasSuffix(name, "_PASSWORD") {
		return strings.TrimRight(strings.TrimPrefix(raw, "\ufeff"), "\r\n")
	}
	return Value(raw)
}

// Get is the process's own.
func Get(name string) string { return named(name, os.Getenv(name)) }

// Temporal is the process's environment for Temporal's own reader of it.
func Temporal() envconfig.EnvLookup { return temporal{} }

type temporal struct{}

func (temporal) Environ() []string {
	all := os.Environ()
	for i, entry := range all {
		if name, value, ok := strings.Cut(entry, "="); ok {
			all[i] = name + "=" + meant(name, value)
		}
	}
	return all
}

func (temporal) LookupEnv(name string) (string, bool) {
	value, set := os.LookupEnv(name)
	return meant(name, value), set
}

// meant leaves out the stroke that ends an address where it was copied from a browser, and blanks after commas.
func meant(name, value string) string {
	value = Value(value)
	if name == "TEMPORAL_ADDRESS" {
		all := strings.Split(value, ",")
		for i, address := range all {
			all[i] = strings.TrimRight(strings.TrimSpace(address), "/")
		}
		return strings.Join(all, ",")
	}
	return value
}
