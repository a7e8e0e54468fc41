package directory

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
)

// Level is how high in a party a mail goes.
type Level string

// The levels, as columns of the file. A duty desk answers at all hours.
const (
	Duty      Level = "duty"
	Lead      Level = "lead"
	Deputy    Level = "deputy"
	Executive Level = "executive"
)

// Ladder is the order in which a party's levels are asked.
var Ladder = []Level{Duty, Lead, Deputy, Executive}

// ladderFrom lists a level, then those above it, then those below it, the nearest first:
// a missing person's mail goes up rather than down, and down rather than nowhere.
func ladderFrom(asked Level) ([]Level, error) {
	at := slices.Index(Ladder, asked)
	if at < 0 {
		return nil, fmt.Errorf("%q is not a level of the directory", string(asked))
	}
	order := slices.Clone(Ladder[at:])
	below := slices.Clone(Ladder[:at])
	slices.Reverse(below)
	return append(order, below...), nil
}

// Contact is the person or desk to write to.
type Contact struct {
	Party    regime.Party `json:"party"`
	Name     string       `json:"name"`              // of the party, fit for a mail
	Person   string       `json:"person,omitempty"`  // who answers, where the directory says so
	Address  string       `json:"address"`           // bare, checked
	Level    Level        `json:"level"`             // which level answers
	Asked    Level        `json:"asked"`             // which level was asked
	Instead  string       `json:"instead,omitempty"` // why another level answers
	Calendar bool         `json:"calendar"`          // wants deadlines as calendar entries
	Program  bool         `json:"program,omitempty"` // has the program, and can be shown its commands
	// Telephone is the party's.
	Telephone string `json:"telephone,omitempty"`
}

// Gap is the error of a look-up that finds no one to write to. A person has to close it: trying
// again helps only once the directory has changed.
type Gap struct {
	Party  regime.Party `json:"party"`
	Level  Level        `json:"level"`
	Reason string       `json:"reason"`
}

// Error names the party, the level asked and the reason.
func (g Gap) Error() string {
	return fmt.Sprintf("nobody to write to for %s (%s): %s", g.Party, g.Level, g.Reason)
}

// book is a parsed file. It never changes.
type book struct {
	rows  []row
	first map[regime.Party]int // the row that counts: a party's first
	zone  *time.Location
	// monthFirst: a date of the file can be read in no other way, so that none is read as a day
	// and a month that may be a month and a day.
	monthFirst bool
}

func newBook(text string) (*book, error) {
	rows, err := parse(text)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, err
	}
	b := &book{rows: rows, first: make(map[regime.Party]int, len(rows)), zone: zone}
	for i, r := range rows {
		if _, seen := b.first[r.party()]; !seen {
			b.first[r.party()] = i
		}
		b.monthFirst = b.monthFirst || monthFirst(r.cell("absent_from")) || monthFirst(r.cell("absent_to"))
	}
	return b, nil
}

func (b *book) lookup(party regime.Party, at time.Time, level Level) (Contact, error) {
	order, err := ladderFrom(level)
	if err != nil {
		return Contact{}, err
	}
	i, ok := b.first[party]
	if !ok {
		return Contact{}, Gap{party, level, b.notListed(party)}
	}
	r := b.rows[i]
	var missed []string
	for _, l := range order {
		name, address, _ := person(r.cell(string(l))) // what is wrong with it is said where the file is checked
		why := b.missing(r, l, address, at)
		if why == "" {
			return Contact{
				Party: party, Name: r.shownName(), Person: name, Address: address, Level: l,
				Asked: level, Instead: strings.Join(missed, "; "), Calendar: r.calendar(l),
				Program: r.program(l), Telephone: r.telephone(),
			}, nil
		}
		missed = append(missed, why)
	}
	return Contact{}, Gap{party, level, fmt.Sprintf("line %d: %s", r.line, strings.Join(missed, "; "))}
}

// missing says why a level cannot answer, or nothing if it can. Only the lead can be
// away: a duty desk is staffed, and deputy and executive are asked in the lead's place. A lead
// whose absence cannot be read is never taken to be there.
func (b *book) missing(r row, l Level, address string, at time.Time) string {
	if address == "" {
		if r.cell(string(l)) != "" {
			return fmt.Sprintf("the address of its %s is malformed", l)
		}
		return fmt.Sprintf("no %s is listed", l)
	}
	if l != Lead {
		return ""
	}
	switch a, set, err := b.absence(r); {
	case err != nil:
		return "whether its lead is away cannot be read"
	case !set || !a.holds(at):
		return ""
	case a.to.IsZero():
		return "its lead is away until further notice"
	default:
		return "its lead is away until " + a.to.Format("2 January 2006")
	}
}

// shownName never carries into a mail what does not show, as a line break.
func (r row) shownName() string {
	if name := r.cell("name"); name != "" && plain(name) {
		return name
	}
	if party := string(r.party()); !plain(party) {
		return strconv.QuoteToASCII(party)
	}
	return string(r.party())
}

// notListed names the other seats of the area if there are some: who asks for
// LA_COMM/Q56 may have listed LA_COMM/Q56-NORFOLK.
func (b *book) notListed(party regime.Party) string {
	if seats := b.seats(party); len(seats) > 0 {
		return fmt.Sprintf("not in the directory, which lists %s", joined(seats))
	}
	return "not in the directory"
}

// seats lists the rows of a party and of its further seats, each once, in file order.
func (b *book) seats(party regime.Party) []regime.Party {
	var found []regime.Party
	for i, r := range b.rows {
		p := r.party()
		further := party.Unit() != "" && strings.HasPrefix(string(p), string(party)+"-")
		if (p == party || further) && b.first[p] == i {
			found = append(found, p)
		}
	}
	return found
}

// maxShown is how many parties a sentence names before it counts the rest.
const maxShown = 8

func joined(parties []regime.Party) string {
	var names []string
	for _, p := range parties[:min(len(parties), maxShown)] {
		names = append(names, string(p))
	}
	text := strings.Join(names, ", ")
	if more := len(parties) - len(names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// has reports whether one of a party's addresses is the one meant, whoever is away.
func (b *book) has(party regime.Party, meant func(address string) bool) bool {
	i, ok := b.first[party]
	if !ok {
		return false
	}
	for _, l := range Ladder {
		if address := b.rows[i].address(l); address != "" && meant(address) {
			return true
		}
	}
	return false
}

// levels are those of a party that have an address, with who answers at each where the file says so.
func (b *book) levels(party regime.Party) (levels []regime.Level, persons []string) {
	i, ok := b.first[party]
	if !ok {
		return nil, nil
	}
	for _, l := range Ladder {
		if b.rows[i].address(l) != "" {
			levels, persons = append(levels, regime.Level(l)), append(persons, b.rows[i].person(l))
		}
	}
	return levels, persons
}
