package surveillance

import "testing"

// CheckCommand is what Check calls, which is tried; the ledger offers it to both.
func TestReadingAGroupChangesNothing(t *testing.T) {
	randomGroups.ReadingChangesNothing(t, 80, "Perform", "LetGo", "Tick", "RecordSent", "RecordDeliveryEvents",
		"UnmarshalJSON", "ReportHanded", "SharesHanded", "CheckCommand")
}
