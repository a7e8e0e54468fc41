package verbs

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/surveillance"
)

// Source is from which concerns of a surveillance group a case comes.
type Source struct {
	Place    string
	Concerns []string // "C3"
	led      string   // the case that came of them before
}

// GroupConcerns is what a group was told about one provider.
type GroupConcerns struct {
	Provider surveillance.Watched // of one that is not on the group's list, code and name
	// Area is the group's; empty for a regional one.
	Area      string
	Region    string
	Profile   string // under which the group runs, and so the case
	What      string
	Source    regime.SourceKind
	Urgent    bool
	Protected bool // the source's identity is (R14)
	// Case is the case that came of it already; then only the same request is answered again.
	Case string
}

// sourceFlags lead from a group's concern to a case.
type sourceFlags struct {
	concerns, place *value
}

func bindSource(c *cobra.Command) *sourceFlags {
	add := func(name string, k kind, usage string) *value {
		v := &value{kind: k}
		group(c.Flags().VarPF(v, name, "", usage), "From what a surveillance group was told")
		return v
	}
	return &sourceFlags{
		concerns: add("from-concern", aCode, "the concern, such as C3; several about one provider with commas"),
		place:    add(placeFlag, aPlace, "the group that was told, by its area or region ($HTR_GROUP)"),
	}
}

// fill supplies what the command line leaves out from the concerns; nil where it names none.
func (f *sourceFlags) fill(r caseReading) (*Source, error) {
	switch {
	case f == nil || !f.concerns.set && !f.place.set:
		return nil, nil
	case !f.concerns.set:
		return nil, errors.New("--group belongs to --from-concern, the concern that the group was told")
	case r.env.Concerns == nil:
		return nil, errors.New("--from-concern: the concerns of a group cannot be asked for here")
	}
	place, err := GroupPlace(f.place.or(r.env.Group))
	if err != nil {
		return nil, err
	}
	s := &Source{Place: place, Concerns: strings.FieldsFunc(strings.ToUpper(f.concerns.text),
		func(c rune) bool { return c == ',' || c == ' ' })}
	if len(s.Concerns) == 0 {
		return nil, errors.New("--from-concern names none")
	}
	told, err := r.env.Concerns(place, s.Concerns)
	if err != nil {
		return nil, err
	}
	s.led = told.Case
	return s, r.supply(told)
}

// unused refuses a second case from the same concerns.
func (s *Source) unused(ref string) error {
	if s != nil && s.led != "" && s.led != ref {
		return fmt.Errorf("case %s came from %s already", s.led, strings.Join(s.Concerns, ", "))
	}
	return nil
}

func (r caseReading) supply(t GroupConcerns) error {
	r.supplyFields(map[string]string{"what": t.What, "source": string(t.Source),
		"immediate": whenTrue(t.Urgent), "protect-identity": whenTrue(t.Protected)})
	if r.common.caseRef.set {
		return nil // that case has its provider
	}
	return r.opens.supply(t, r.env.Now)
}

// supplyFields fills in what the command line leaves out, by the names of flags.
func (r reading) supplyFields(texts map[string]string) {
	for _, f := range r.fields {
		f.value.supply(texts[f.Flag])
	}
}

func whenTrue(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// supply says which provider the new case is about. Another one than that of the concern is
// a slip.
func (f *openingFlags) supply(t GroupConcerns, now time.Time) error {
	k, err := known()
	if err != nil {
		return err
	}
	if err := f.supplyPlace(t, now); err != nil {
		return err
	}
	p, err := k.ref.Provider(t.Provider.Code)
	if err == nil && p.Code == t.Provider.Code {
		f.provider.supply(p.Code)
		named, err := k.ref.Provider(f.provider.trimmed())
		if err == nil && named.Code != p.Code {
			return fmt.Errorf("the concern is about %s, not about %s: leave out --provider",
				p.Name, named.Name)
		}
		return nil
	}
	f.name.supply(t.Provider.Name)
	f.code.supply(t.Provider.Code)
	f.kind.supply(string(t.Provider.Type))
	f.area.supply(t.Area)
	return nil
}

// supplyPlace: a case comes under the profile of the group, since no other takes notice of it. Of a
// board's area even a trust of the register does not tell.
func (f *openingFlags) supplyPlace(t GroupConcerns, now time.Time) error {
	f.profile.supply(t.Profile)
	p, err := ProfileOn(f.profile.trimmed(), now)
	switch {
	case err != nil:
		return err
	case p.Name != t.Profile:
		return fmt.Errorf("the group runs under profile %s: leave out --profile", t.Profile)
	case !reference.HasAreaTeams(p):
		f.area.supply(t.Area)
		f.region.supply(t.Region)
	}
	return nil
}
