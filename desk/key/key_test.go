package key

import (
	"strings"
	"testing"
	"time"
)

func TestAKeyIsGoodOnceAndForSomeHours(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	var s Spent
	one, two := New(nil, now), New(nil, now)
	if one == two {
		t.Fatal("two keys are the same")
	}
	for _, bad := range []string{"", "a", "a.b.c", one + "x", "x" + one, strings.ToLower(one), strings.Replace(one, ".", "..", 1)} {
		if err := s.Use(nil, bad, now); err == nil {
			t.Errorf("%q opens the desk", bad)
		}
	}
	if err := s.Use(nil, one, now.Add(Lasts-time.Second)); err != nil {
		t.Error(err)
	}
	if err := s.Use(nil, one, now.Add(time.Minute)); err != ErrSpent {
		t.Errorf("a second time: %v", err)
	}
	if err := s.Use(nil, two, now.Add(Lasts)); err != ErrBad {
		t.Errorf("too late: %v", err)
	}
	if len(s.used) != 1 {
		t.Errorf("%d keys are kept", len(s.used))
	}
	three := New(nil, now.Add(2*Lasts))
	if err := s.Use(nil, three, now.Add(2*Lasts)); err != nil || len(s.used) != 1 {
		t.Errorf("%v, and %d keys are kept", err, len(s.used))
	}
}
