package regimetest

import (
	flags "flag"
	"os"
	"strings"
	"testing"
)

var update = flags.Bool("update", false, "write the texts in testdata again, to be read as a whole")

// SameText compares a text for people with the one in testdata, which was read and found right.
func SameText(t *testing.T, got, file string) {
	t.Helper()
	file = "testdata/" + file
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	g, w := strings.Split(got, "\n"), strings.Split(Read(t, file), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s, line %d:\ngot  %q\nwant %q", file, i+1, g[min(i, len(g)-1)], w[min(i, len(w)-1)])
		}
	}
}
