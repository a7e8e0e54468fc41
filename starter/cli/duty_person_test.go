package cli

import (
	"strings"
	"testing"
)

func TestADutyIsShownWithItsPersonWhereThatIsKnown(t *testing.T) {
	said := strings.Join(dutyLines([]openDuty{{Who: "NHS England", With: "Jo Bloggs (duty contact)", What: "find it"},
		{Who: "CQC", What: "judge"}}, 100), "\n")
	if !strings.Contains(said, "NHS England: Jo Bloggs (duty contact)") || strings.Contains(said, "CQC:") {
		t.Error(said)
	}
}
