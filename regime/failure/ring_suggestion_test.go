package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
)

func TestR32_WhereSeveralAreasAreConcernedTheRegionIsSuggested(t *testing.T) {
	p := kingsLynn
	p.OtherAreas = []string{"Q59"}
	for says, of := range map[string]regime.Provider{"A suggestion only: Monitor": kingsLynn, "A suggestion only: NHS England (Y55)": p} {
		s := judged(t, of)
		found := false
		for _, n := range s.c.Notices {
			found = found || n.Kind == "N13" && strings.HasSuffix(n.Text, says)
		}
		if !found {
			t.Errorf("no mail says %q", says)
		}
	}
}
