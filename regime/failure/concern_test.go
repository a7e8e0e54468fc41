package failure

import (
	"slices"
	"testing"

	"holdthering/regime"
)

func TestR75_AConcernGoesByItsKindsProfessionUnlessAnotherIsNamed(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	record := func(kind regime.MatrixKind, of regime.Profession) Act {
		return &RecordConcern{Kind: kind, What: "x",
			Profession: of}
	}
	tryAll(t,
		trial{s, "CQC", record("individual-doctor", ""), ""},
		trial{s, "CQC", record("individual-doctor", "doctor"), ""},
		trial{s, "CQC", record("individual-doctor", "nurse"), "record it as another kind"},
		trial{s, "CQC", record("individual-other", ""), "--profession is missing"},
		trial{s, "CQC", record("individual-other", "dentist"), ""},
		trial{s, "CQC", record("whistleblower", ""), ""},
		trial{s, "ROYAL_COLLEGE", record("immediate-risk", ""), "R75: "},
		trial{s, "PROVIDER", record("immediate-risk", ""), ""},
		trial{s, "PROVIDER", record("serious-incident", ""), ""},
		trial{s, "SAB", record("immediate-risk", ""), ""},
	)
	doctor := s.copied().by("CQC", record("individual-doctor", "")).c
	if k := doctor.Concerns[0]; k.Profession != "doctor" ||
		doctor.Referrals[0].Profession != "doctor" || slices.Contains(k.Told, "CQC") {
		t.Errorf("%+v", k)
	}
	for source, protected := range map[regime.SourceKind]bool{"whistleblower": true, "media": false} {
		c := s.copied().by("CQC", &RecordConcern{Kind: "immediate-risk", What: "x", Source: source})
		if k := c.c.Concerns[0]; k.Protect != protected {
			t.Errorf("%+v", k)
		}
	}
}
