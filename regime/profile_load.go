package regime

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

//go:embed profiles/*.json
var profileFiles embed.FS

// laws are the shipped profiles in the order of their years, read when first asked for. Each is based on one before it or
// stands alone.
var laws = sync.OnceValue(func() []*law { return loadLaws(shipped...) })

var shipped = []string{"england_2013", "england_2022", "england_2026", "wales"}

// outline is what is on lists of what may be typed, which every command line needs: read by itself, it
// costs a tenth of the profiles.
type outline struct {
	Name   string
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
}

// outlines are those of the shipped profiles, each as its own file has it. What a later profile takes
// away the earlier one has.
var outlines = sync.OnceValue(func() []outline {
	var out []outline
	for _, n := range shipped {
		var o outline
		raw, err := profileFiles.ReadFile("profiles/" + n + ".json")
		if err == nil {
			err = json.Unmarshal(raw, &o)
		}
		if err != nil {
			panic(fmt.Errorf("profile %s: %w", n, err))
		}
		out = append(out, o)
	}
	return out
})

// loadLaws panics on a profile that this program ships broken; a test reads every period of each.
func loadLaws(files ...string) []*law {
	var out []*law
	for _, n := range files {
		raw, err := profileFiles.ReadFile("profiles/" + n + ".json")
		if err != nil {
			panic(err)
		}
		l, err := readLaw(raw, func(name string) ([]byte, bool) { return lastTables(out, name) })
		if err != nil {
			panic(fmt.Errorf("profile %s: %w", n, err))
		}
		out = append(out, l)
	}
	return out
}

// lastTables are the tables of a profile as they hold on its last day.
func lastTables(read []*law, name string) ([]byte, bool) {
	for _, l := range read {
		if l.name == name {
			p, err := l.periods[len(l.periods)-1].read()
			if err != nil {
				panic(fmt.Errorf("profile %s: %w", name, err))
			}
			return p.tables, true
		}
	}
	return nil, false
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
