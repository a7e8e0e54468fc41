package regime

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

//go:embed profiles/*.json
var profileFiles embed.FS

// profiles are read when they are first asked for: most commands need none, or no help that lists
// what is in them.
var profiles = sync.OnceValue(func() []*Profile { return loadProfiles(shipped...) })

var shipped = []string{"england_2013", "england_2022"}

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

// loadProfiles panics on a profile that this program ships broken; a test reads them all.
func loadProfiles(names ...string) []*Profile {
	var out []*Profile
	for _, n := range names {
		raw, err := profileFiles.ReadFile("profiles/" + n + ".json")
		if err != nil {
			panic(err)
		}
		p, err := readProfile(raw, filesOf(out, names))
		if err != nil {
			panic(fmt.Errorf("profile %s: %w", n, err))
		}
		out = append(out, p)
	}
	return out
}

// filesOf finds the text of a profile that was read before, by its name.
func filesOf(read []*Profile, files []string) func(string) ([]byte, bool) {
	return func(name string) ([]byte, bool) {
		for i, p := range read {
			if p.Name == name {
				raw, err := profileFiles.ReadFile("profiles/" + files[i] + ".json")
				return raw, err == nil
			}
		}
		return nil, false
	}
}

// readProfile reads a profile that is written whole, or only as what differs from another
// (see overlay). A base is written whole.
func readProfile(raw []byte, base func(string) ([]byte, bool)) (*Profile, error) {
	var head struct {
		BasedOn string `json:"basedOn"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, err
	}
	if head.BasedOn != "" {
		below, ok := base(head.BasedOn)
		if !ok {
			return nil, fmt.Errorf("it is based on %q, which is not there", head.BasedOn)
		}
		var err error
		if raw, err = overlay(below, raw); err != nil {
			return nil, err
		}
	}
	p := new(Profile)
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(p); err != nil {
		return nil, err
	}
	if err := p.succeed(); err != nil {
		return nil, err
	}
	return p, p.index()
}

// index prepares what is looked up again and again.
func (p *Profile) index() error {
	if len(p.Contacts.Order) == 0 {
		return errors.New("contacts: it is not said whom to tell when a contact is not reached")
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
