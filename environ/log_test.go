package environ_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"holdthering/environ"
)

func TestALogIsTextOrJSONFromALevelOn(t *testing.T) {
	for _, row := range []struct {
		form, level string
		json        bool
		lines       int
	}{{"", "", false, 3}, {"text", "debug", false, 4}, {"json", "", true, 3}, {"JSON", "WARN", true, 2}, {"text", "error", false, 1}} {
		var out bytes.Buffer
		l, err := environ.Logger(func(name string) string {
			return map[string]string{environ.LogForm: row.form, environ.LogLevel: row.level}[name]
		}, &out)
		if err != nil {
			t.Fatal(err)
		}
		l.Debug("a", "n", 1)
		l.Info("a", "n", 1)
		l.Warn("a", "n", 1)
		l.Error("a", "n", 1)
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != row.lines {
			t.Errorf("%+v: %q", row, lines)
		}
		for _, line := range lines {
			var entry struct {
				Msg string
				N   int
			}
			if ok := json.Unmarshal([]byte(line), &entry) == nil && entry.Msg == "a" && entry.N == 1; ok != row.json {
				t.Errorf("%+v: %s", row, line)
			}
		}
	}
}

func TestAFormOrLevelOfALogThatIsNoneIsRefused(t *testing.T) {
	for name, value := range map[string]string{environ.LogForm: "xml", environ.LogLevel: "loud"} {
		l, err := environ.Logger(func(n string) string {
			if n == name {
				return value
			}
			return ""
		}, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), value) || l == nil {
			t.Errorf("%s=%s: %v", name, value, err)
		}
	}
}
