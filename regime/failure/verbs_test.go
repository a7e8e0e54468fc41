package failure

import (
	"testing"

	"holdthering/regime/ledger"
)

// renamedAct is SendLetter as another Go type.
type renamedAct struct{ SendLetter }

func TestRenamingAGoTypeChangesNothingOnTheWire(t *testing.T) {
	row := VerbOf(&SendLetter{})
	row.New = func() Act { return new(renamedAct) }
	rows := []Verb{row}
	if got := row.Name(); got != "SendLetter" {
		t.Errorf("the Update of the renamed type is %q", got)
	}
	if v, ok := ledger.ByUpdate(rows)["SendLetter"]; !ok || v.Path != "letter send" {
		t.Errorf("SendLetter finds %v %q", ok, v.Path)
	}
}

func TestEveryVerbSaysItsNamesAndIsFoundByThem(t *testing.T) {
	seen := map[string]bool{}
	once := func(name string) {
		if name == "" || seen[name] {
			t.Errorf("the name %q is missing or given twice", name)
		}
		seen[name] = true
	}
	for _, v := range Verbs() {
		once(v.Path)
		once(v.Update)
		if named, ok := VerbNamed(v.Update); !ok || named.Path != v.Path || VerbOf(v.New()).Path != v.Path {
			t.Errorf("%s is not found by its name or its act", v.Path)
		}
	}
}
