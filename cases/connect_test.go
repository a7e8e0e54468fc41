package cases

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

func TestWhichOfSeveralHostsIsNotReachedIsSaid(t *testing.T) {
	mute, err := net.Listen("tcp", "127.0.0.1:0") // it can be connected to, and serves nobody
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := dead.Addr().String()
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	got := unconnected(t.Context(), mute.Addr().String()+","+address, time.Millisecond, context.DeadlineExceeded)
	if !strings.Contains(got.Error(), ", and "+address+" is not reached. ") {
		t.Error(got)
	}
}
