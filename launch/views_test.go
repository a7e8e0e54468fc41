package main

import (
	"os"
	"strings"
	"testing"

	"holdthering/workflows"
)

func TestEachListOfTheUIStandsInTheDocumentsAsItIsOpened(t *testing.T) {
	text, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"Workflow ID": true, "Start": true, "End": true}
	for _, a := range workflows.SearchAttributes() {
		known[a.GetName()] = true
	}
	for _, v := range views {
		says := strings.ToLower(v.Says[:1]) + v.Says[1:]
		row := "| `" + v.Name + "`: " + says + " | `" + v.Query + "` | " + strings.Join(v.Columns, ", ") + " |"
		if !strings.Contains(string(text), row) {
			t.Errorf("docs/operations.md lacks %s", row)
		}
		for _, c := range v.Columns {
			if !known[c] {
				t.Errorf("%s shows %q, which no case has", v.Name, c)
			}
		}
	}
}

func TestTheServerIsToldOfTheLists(t *testing.T) {
	if got := (site{}).options().Views; len(got) != len(views) {
		t.Errorf("%d of %d", len(got), len(views))
	}
}
