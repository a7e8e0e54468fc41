package directory

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"holdthering/activities/mail"
	"holdthering/regime"
)

// Columns is the header line of a directory file, in this order.
var Columns = []string{
	"party", "name", "duty", "lead", "deputy", "executive", "absent_from", "absent_to", "calendar", "note",
}

// Program is a further column, which a file may have behind the others: which of a party's contacts have
// the program and can be shown its commands.
const Program = "program"

// Telephone is one more: where the party is rung when no mail is answered.
const Telephone = "telephone"

// allColumns are those of a row, whether its file has the further ones or not.
var allColumns = append(slices.Clone(Columns), Program, Telephone)

// row is a line of the file as it stands, with the blanks off the ends of its cells.
type row struct {
	line  int
	cells []string // one for each of allColumns
}

func (r row) cell(column string) string { return r.cells[slices.Index(allColumns, column)] }

// party is the row's party in capitals, as parties are written.
func (r row) party() regime.Party { return regime.Party(strings.ToUpper(r.cell("party"))) }

// address is the usable address of a level; a malformed one counts as none, so that the
// next level is asked rather than a mail lost.
func (r row) address(level Level) string {
	_, address, _ := person(r.cell(string(level)))
	return address
}

// person is who answers at a level, where the file says so: a name, or that of an office.
func (r row) person(level Level) string {
	name, _, _ := person(r.cell(string(level)))
	return name
}

// longestName is in characters.
const longestName = 80

// person reads "duty@example.org" or "Jo Bloggs <duty@example.org>", also as they come from an
// address book or a page. The address is empty where it cannot be used; a name that cannot be
// shown is left out. The error says what is wrong, also where the address can be used all the same.
func person(text string) (name, address string, err error) {
	text = strings.Trim(text, " ;,")
	if bracketed, ok := strings.CutSuffix(text, "]"); ok { // as some mail programs quote a sender
		text = strings.Replace(bracketed, "["+scheme, "<", 1) + ">"
	}
	name, rest, named := strings.Cut(text, "<")
	if !named {
		address = unwrapped(strings.Trim(text, `"'`))
		if err := checkAddress(address); err != nil {
			return "", "", err
		}
		return "", address, nil
	}
	name = strings.TrimSpace(strings.Trim(strings.TrimSpace(name), `"'`))
	bare, closed := strings.CutSuffix(rest, ">")
	if !closed {
		return "", "", fmt.Errorf("%q is neither an address nor a name with an address in angle brackets", text)
	}
	address = unwrapped(bare)
	if err := checkAddress(address); err != nil {
		return "", "", err
	}
	if name == "" || strings.EqualFold(name, address) {
		return "", address, nil
	}
	if strings.ContainsAny(name, "@<>") {
		return "", "", fmt.Errorf("%q is no name of a person or an office", name)
	}
	if !plain(name) || strings.Contains(name, `"`) || utf8.RuneCountInString(name) > longestName {
		return "", address, fmt.Errorf("%q is no name of a person or an office, of %d characters at most; it is left out",
			name, longestName)
	}
	return name, address, nil
}

// unwrapped takes from an address what a link on a page has around it.
func unwrapped(text string) string {
	text = strings.TrimSpace(text)
	if len(text) < len(scheme) || !strings.EqualFold(text[:len(scheme)], scheme) {
		return text
	}
	address, _, _ := strings.Cut(text[len(scheme):], "?")
	return address
}

const scheme = "mailto:"

// longestAddress is the limit of a mail path, in bytes (RFC 5321, section 4.5.3.1.3, less
// its two angle brackets).
const longestAddress = 254

// checkAddress allows one bare ASCII address: no display name, no second address, no
// control characters.
func checkAddress(text string) error {
	if len(text) > longestAddress {
		return fmt.Errorf("an address has at most %d characters, this one %d", longestAddress, len(text))
	}
	if strings.Count(text, "@") > 1 && strings.ContainsAny(text, ";, ") {
		return fmt.Errorf("%q is more than one address; a cell has one", text)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return fmt.Errorf("%q holds a blank, a control character or a letter outside ASCII", text)
	}
	parsed, err := mail.ParseAddress(text) // what no channel would take is no address here either
	if err != nil || parsed.Email != text {
		return fmt.Errorf("%q is not one bare address such as duty@example.org", text)
	}
	return nil
}

// calendar reports whether a contact wants calendar entries: all of the party do by "yes", none
// by "no" or nothing, or those whose levels are named, as in "duty lead".
func (r row) calendar(l Level) bool { return r.wants("calendar", l) }

// program reports whether a contact has the program, said as calendar is.
func (r row) program(l Level) bool { return r.wants(Program, l) }

func (r row) wants(column string, l Level) bool {
	words := strings.Fields(strings.ToLower(r.cell(column)))
	return slices.Equal(words, []string{"yes"}) || slices.Contains(words, string(l))
}

// checkProgram refuses what program would take for a no and is none; nothing is a no.
func checkProgram(text string) error {
	words := strings.Fields(strings.ToLower(text))
	if slices.Equal(words, []string{"yes"}) || slices.Equal(words, []string{"no"}) {
		return nil
	}
	for _, w := range words {
		if !slices.Contains(Ladder, Level(w)) {
			return fmt.Errorf("program is %q, neither yes nor no nor the contacts that have it, such as 'duty lead'", text)
		}
	}
	return nil
}

// telephone is a number as it can be dialled, or none.
func (r row) telephone() string {
	if text := r.cell(Telephone); checkTelephone(text) == nil {
		return text
	}
	return ""
}

// isTelephone is a number with what people write between its digits, and an extension.
var isTelephone = regexp.MustCompile(`^\+?[0-9(][0-9 ()./-]{4,28}[0-9](?: ?(?i:ext|x)\.? ?[0-9]{1,6})?$`)

func checkTelephone(text string) error {
	if text == "" || isTelephone.MatchString(text) {
		return nil
	}
	return fmt.Errorf("telephone is %q, not a number such as 01223 555 0100", text)
}

// checkCalendar refuses what calendar would take for a no and is none.
func checkCalendar(text string) error {
	words := strings.Fields(strings.ToLower(text))
	if slices.Equal(words, []string{"yes"}) || slices.Equal(words, []string{"no"}) {
		return nil
	}
	for _, w := range words {
		if !slices.Contains(Ladder, Level(w)) {
			return fmt.Errorf("calendar is %q, neither yes nor no nor the contacts that want entries, such as "+
				"'duty lead'", text)
		}
	}
	if len(words) == 0 {
		return errors.New(`calendar is "", neither yes nor no`)
	}
	return nil
}

// absence is the first and the last day of an absence; a zero time is an open end.
type absence struct{ from, to time.Time }

// absence reads the two dates as midnights in the zone. With neither there is none.
func (r row) absence(zone *time.Location) (absence, bool, error) {
	from, errFrom := r.day("absent_from", zone)
	to, errTo := r.day("absent_to", zone)
	if err := errors.Join(errFrom, errTo); err != nil {
		return absence{}, false, err
	}
	a := absence{from, to}
	if !a.from.IsZero() && !a.to.IsZero() && a.to.Before(a.from) {
		return absence{}, false, fmt.Errorf("the absence ends on %s, before it begins on %s",
			r.cell("absent_to"), r.cell("absent_from"))
	}
	return a, a != absence{}, nil
}

func (r row) day(column string, zone *time.Location) (time.Time, error) {
	text := r.cell(column)
	if text == "" {
		return time.Time{}, nil
	}
	day, ok := parseDay(text, zone)
	if !ok {
		return time.Time{}, fmt.Errorf("%s is %q, not a date such as 2014-02-28 or 28/02/2014", column, text)
	}
	return day, nil
}

// holds says whether the absence is on at that moment; its last day is part of it.
func (a absence) holds(at time.Time) bool {
	return !at.Before(a.from) && (a.to.IsZero() || at.Before(a.to.AddDate(0, 0, 1)))
}

// plain says whether a text can stand in a mail: nothing in it that does not show.
func plain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsPrint(r) || r == unicode.ReplacementChar
	})
}
