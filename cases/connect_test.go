package cases

import (
	"path/filepath"
	"testing"

	"holdthering/seal"
	"holdthering/workflows"
)

func TestTheServerIsNotToldAtWhoseComputerAnActIsDone(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	t.Setenv(seal.Variable, key)
	if err := seal.Make(key); err != nil {
		t.Fatal(err)
	}
	o, _, err := clientOptions()
	if err != nil || o.Identity != workflows.StarterIdentity {
		t.Errorf("%q, %v", o.Identity, err)
	}
}
