package regime

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
)

//go:embed profiles/*.json
var profileFiles embed.FS

// shipped are the profiles in the order of their years, each in a file of its name. One that is chosen by its name alone is
// of no years, and read only where it is named.
var shipped = []struct {
	name   string
	byName bool
}{{"ENGLAND_2013", false}, {"ENGLAND_2022", false}, {"ENGLAND_2026", false}, {"WALES", true}}

// lawsByName are read when each is first asked for. Each is based on one before it or stands alone.
var lawsByName = func() map[string]func() *law {
	out := map[string]func() *law{}
	for _, s := range shipped {
		out[s.name] = sync.OnceValue(func() *law { return loadLaw(s.name, out) })
	}
	return out
}()

// laws are all of them.
func laws() []*law {
	var out []*law
	for _, s := range shipped {
		out = append(out, lawsByName[s.name]())
	}
	return out
}

// lineage are the laws that follow one another with this one, by their years: of one that is chosen by its name, itself alone.
func (l *law) lineage() []*law {
	var out []*law
	for _, s := range shipped {
		if s.name == l.name && s.byName {
			return []*law{l}
		}
		if !s.byName {
			out = append(out, lawsByName[s.name]())
		}
	}
	return out
}

func profileFile(name string) []byte {
	raw, err := profileFiles.ReadFile("profiles/" + strings.ToLower(name) + ".json")
	if err != nil {
		panic(err)
	}
	return raw
}

// outline is what is on lists of what may be typed, which every command line needs: read by itself, it
// costs a tenth of the profiles.
type outline struct {
	Name        string
	ByName      bool            // no day chooses it
	From, Until json.RawMessage // its years
	Places      struct{ Regions []PlaceRow }
	Matrix []struct {
		Kind MatrixKind
	}
	Professions []struct {
		Profession Profession
	}
	Levels []struct {
		Level SurveillanceLevel
		Live  bool
	}
	Bodies []struct {
		BodyRow
		From, Until string
		Remove      bool
	}
}

// outlines are those of the shipped profiles, each as its own file has it. What a later profile takes
// away the earlier one has.
var outlines = sync.OnceValue(func() []outline {
	var out []outline
	for _, s := range shipped {
		var o outline
		if err := json.Unmarshal(profileFile(s.name), &o); err != nil {
			panic(fmt.Errorf("profile %s: %w", s.name, err))
		}
		out = append(out, o)
	}
	return out
})

// years are those of the shipped profiles, by their names: to know which one a day asks for, none need be read.
var years = sync.OnceValue(func() map[string]*law {
	out := map[string]*law{}
	for _, o := range outlines() {
		var err error
		l := &law{name: o.Name}
		head := object{}
		if o.From != nil {
			head["from"] = o.From
		}
		if o.Until != nil {
			head["until"] = o.Until
		}
		if l.from, l.until, err = span(head); err != nil {
			panic(fmt.Errorf("profile %s: %w", o.Name, err))
		}
		out[o.Name] = l
	}
	return out
})

// loadLaw panics on a profile that this program ships broken; a test reads every period of each.
func loadLaw(name string, all map[string]func() *law) *law {
	l, err := readLaw(profileFile(name), func(base string) ([]byte, bool) { return lastTables(all, base) })
	if err != nil {
		panic(fmt.Errorf("profile %s: %w", name, err))
	}
	return l
}

// lastTables are the tables of a profile as they hold on its last day.
func lastTables(all map[string]func() *law, name string) ([]byte, bool) {
	read, ok := all[name]
	if !ok {
		return nil, false
	}
	l := read()
	p, err := l.periods[len(l.periods)-1].read()
	if err != nil {
		panic(fmt.Errorf("profile %s: %w", name, err))
	}
	return p.tables, true
}

// index prepares what is looked up again and again.
func (p *Profile) index() error {
	if len(p.Contacts.Order) == 0 {
		return errors.New("contacts: it does not say who is told when a contact is not reached")
	}
	if h := p.Hours; h != nil && (h.From < 0 || h.From >= h.To || h.To > 24) {
		return fmt.Errorf("hours: from %d to %d is no part of a day", h.From, h.To)
	}
	if p.Digest != nil {
		if err := p.Digest.parse(); err != nil {
			return err
		}
	}
	p.notice = map[NoticeKind]int{}
	for i, row := range p.Notices {
		p.notice[row.Kind] = i
	}
	p.duty = map[DutyKind]int{}
	for i := range p.Duties {
		row := &p.Duties[i]
		p.duty[row.Kind] = i
		for j := range row.Ladder {
			if err := row.Ladder[j].Parse(); err != nil {
				return fmt.Errorf("duty %s, rung %d: %w", row.Kind, j+1, err)
			}
		}
	}
	return nil
}
