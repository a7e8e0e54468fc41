package environ

import (
	"fmt"

	"holdthering/regime/calendar"
	"holdthering/textfile"
)

// HolidaysFile is the variable that names a site's own file of bank holidays.
const HolidaysFile = "HTR_BANK_HOLIDAYS"

const maxHolidays = 1 << 20

// BankHolidays lets the site's own file take the place of the bank holidays that are shipped, where the
// environment names one. The error is a sentence for whoever starts the program.
func BankHolidays(getenv func(string) string) error {
	path := getenv(HolidaysFile)
	if path == "" {
		return nil
	}
	text, err := textfile.Read(path, maxHolidays)
	if err != nil {
		return fmt.Errorf("%s: %w", HolidaysFile, err)
	}
	if err := calendar.ReplaceHolidays([]byte(text)); err != nil {
		return fmt.Errorf("%s: %s: %w", HolidaysFile, path, err)
	}
	return nil
}
