package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
)

func TestTheSummitTheRingAndTheResponseMeetingsHaveAnExplanationUnderTheirNames(t *testing.T) {
	s := responding(t, kingsLynn)
	s.by(s.c.Ring.Holder, &HoldMeeting{Present: []regime.Party{"CQC", "MONITOR"}, Record: "the wards"})
	for what, want := range map[string]string{"summit": "opened the summit", "ring": "holds the ring", "meeting 1": "Response meeting 1"} {
		if text := s.why(what); !strings.Contains(text, want) {
			t.Errorf("%s: %s", what, text)
		}
	}
}
