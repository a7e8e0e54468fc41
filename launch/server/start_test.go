package server

import (
	"errors"
	"testing"
)

// A port that was free when it was chosen may be taken when it is used.
func TestALostPortIsToldFromOtherFaults(t *testing.T) {
	if !lostPort(errors.New("the embedded server ended: listen tcp 127.0.0.1:1: bind: address already in use")) ||
		lostPort(errors.New("the database is of another schema")) {
		t.Error("a lost port is not told from another fault")
	}
	for _, o := range []Options{{Port: 1}, {UIPort: 1}, {}} {
		if !o.freePorts() {
			t.Errorf("%+v leaves us a port to choose", o)
		}
	}
	if (Options{Port: 1, UIPort: 2}).freePorts() {
		t.Error("both ports were asked for")
	}
}
