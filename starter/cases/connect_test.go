package cases

import (
	"path/filepath"
	"testing"

	"holdthering/seal"
	"holdthering/workflows"
)

func TestTheServerIsNotToldAtWhoseComputerAnActIsDone(t *testing.T) {
	t.Setenv(seal.Variable, filepath.Join(t.TempDir(), "key"))
	o, _, err := clientOptions()
	if err != nil || o.Identity != workflows.StarterIdentity {
		t.Errorf("%q, %v", o.Identity, err)
	}
}
