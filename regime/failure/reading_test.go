package failure

import "testing"

// CheckCommand is what Check calls, which is tried; the ledger offers it to both.
func TestReadingACaseChangesNothing(t *testing.T) {
	randomCases.ReadingChangesNothing(t, 60, "Perform", "LetGo", "Tick", "RecordSent", "RecordDeliveryEvents",
		"UnmarshalJSON", "CheckCommand")
}
