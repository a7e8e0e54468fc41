package environ_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/environ"
	"holdthering/regime/calendar"
)

func TestAFileOfBankHolidaysThatCannotBeUsedIsSaidAndChangesNothing(t *testing.T) {
	table := calendar.Holidays
	path := filepath.Join(t.TempDir(), "holidays.json")
	for text, want := range map[string]string{
		"":          "unexpected end",
		"{}":        "there are none",
		"\xff\xfe{": "",
		"\x00\x01":  "invalid character",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := environ.BankHolidays(func(string) string { return path })
		if err == nil || !strings.HasPrefix(err.Error(), "HTR_BANK_HOLIDAYS: "+path) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if err := environ.BankHolidays(func(string) string { return path + "-missing" }); err == nil {
		t.Error("a file that is not there is passed over")
	}
	if err := environ.BankHolidays(func(string) string { return "" }); err != nil {
		t.Error(err)
	}
	if calendar.Holidays != table {
		t.Errorf("the table is %v", calendar.Holidays)
	}
}
