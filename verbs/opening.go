package verbs

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/failure"
)

const (
	triggerPath  = "trigger"
	openPath     = "open"
	openingGroup = "The provider of a new case"
)

// openingFlags say about which provider a new case is.
type openingFlags struct {
	provider, name, code, kind, area, region, also, serves, leadCCG, reopens, profile, yes *value
	// remarks are on the provider, as the register has it on the day of opening.
	remarks []string
}

func bindOpening(c *cobra.Command) *openingFlags {
	add := func(name string, k kind, usage string) *value {
		v := &value{kind: k}
		flag := c.Flags().VarPF(v, name, "", usage)
		flag.NoOptDefVal = noOpt(k)
		group(flag, openingGroup)
		return v
	}
	f := &openingFlags{
		provider: add("provider", aText, "a trust, by its code (RCX) or its whole name; words of it with --yes"),
		yes:      add("yes", aSwitch, "take the one provider that the words of --provider match"),
		name:     add("provider-name", aText, "a provider that is not in the register: its name,"),
		code:     add("provider-code", aCode, "its code,"),
		kind: add("provider-type", aChoice, "its type ("+
			strings.Join(regime.ProviderType("").Choices(), ", ")+"),"),
		area: add("area", aCode, "and the area where it stands: of an area team (Q56, or 'East Anglia'); under "+
			"ENGLAND_2022 of an integrated care board, by its code (QMM)"),
		region:  add("region", aCode, "under ENGLAND_2022, the region of NHS England (Y61, or 'East of England')"),
		also:    add("also-area", parties, "further areas in which it serves patients (R12)"),
		leadCCG: add("lead-ccg", aParty, "its lead commissioner, if the register has none or another"),
		serves: add("serves", parties, "the councils whose people it serves, by name ('Norfolk County Council') or ONS code; "+
			"without it those of its lead commissioner's people (R107)"),
		reopens: add("reopens", aCaseRef, "the closed case that this one takes up again"),
		profile: add("profile", aChoice, "the rules under which it runs ($HTR_PROFILE); without it those of the day: "+
			ProfileNames()),
	}
	f.kind.choices = regime.ProviderType("").Choices()
	f.profile.choices = regime.NamesOfProfiles()
	return f
}

// OpeningFields are what is asked of the provider of a new case, for who asks in another way than by flags.
func OpeningFields() []regime.Field {
	c := new(cobra.Command)
	bindOpening(c)
	c.Flags().SortFlags = false
	types := map[kind]reflect.Type{aParty: reflect.TypeFor[regime.Party](), parties: reflect.TypeFor[[]regime.Party](),
		aSwitch: reflect.TypeFor[bool]()}
	var out []regime.Field
	c.Flags().VisitAll(func(flag *pflag.Flag) {
		v, f := flag.Value.(*value), regime.Field{Flag: flag.Name, Usage: flag.Usage, Type: reflect.TypeFor[string]()}
		if t, ok := types[v.kind]; ok {
			f.Type = t
		}
		f.Choices, f.Offered = v.choices, v.choices
		out = append(out, f)
	})
	return out
}

// ProfileNames lists the profiles that are shipped, with commas between.
func ProfileNames() string { return strings.Join(regime.NamesOfProfiles(), ", ") }

// openCommand opens a case without a summit, as for special measures on the decider's own
// evidence (R56). Its act is a note, whose text the command calls the reason.
func openCommand(env Env, run func(*cobra.Command, Parsed) error) *cobra.Command {
	c := newCommand(openPath, "Open a case without a risk summit, as for special measures on own evidence",
		`open --provider RCX --by Monitor --reason "Special measures on Monitor's own evidence"`)
	c.Long = c.Short + ".\n\nRules: R3, R56. Nobody is alerted; the reason is the first entry of the record."
	note := failure.VerbOf(&failure.AddNote{})
	reason := regime.Fields(note.New())[0] // its text
	text := reason.Flag
	reason.Flag, reason.Usage = "reason", "why the case is opened"
	fields := bind(c, []regime.Field{reason})
	opens := bindOpening(c)
	common := bindCommon(c, "case")
	env.Case = "" // a new one, whatever the environment says
	c.RunE = func(c *cobra.Command, _ []string) error {
		p, err := caseReading{reading{env, openPath, fields, common, c.Flags(), new(value)}, note, opens}.understand()
		if err != nil { // what is wrong with the note's text is wrong with the reason
			return errors.New(strings.ReplaceAll(err.Error(), "--"+text+" ", "--"+reason.Flag+" "))
		}
		return run(c, p)
	}
	return c
}

// wanted: a provider is named, or no case. A case named by --case as well is a contradiction
// that opening refuses; one that the environment names is passed over.
func (f *openingFlags) wanted(c commonFlags, env Env) bool {
	return f.provider.set || f.name.set || f.code.set || f.kind.set || f.area.set ||
		c.caseRef.or(env.Case) == ""
}

// idle refuses what would be said of a new case to no effect.
func (f *openingFlags) idle(ref string) error {
	if f != nil && (f.also.set || f.serves.set || f.region.set || f.leadCCG.set || f.reopens.set || f.profile.set || f.yes.set) {
		return fmt.Errorf("case %s is there already: --also-area, --serves, --region, --lead-ccg, --reopens, --profile and "+
			"--yes are for a new one, with --provider", ref)
	}
	return nil
}

// opening makes the case that is asked for, and lets the regime look at it, so that no case
// is begun that cannot be.
func (f *openingFlags) opening(c commonFlags, env Env, key string) (*failure.Opening, error) {
	if c.caseRef.set {
		return nil, errors.New("--case names a case that is there, a provider opens a new one: " +
			"say one of them")
	}
	profile, err := f.inProfile(env)
	if err != nil {
		return nil, err
	}
	k, err := known()
	if err != nil {
		return nil, err
	}
	provider, err := f.theProvider(k, profile)
	if err != nil {
		return nil, err
	}
	if f.provider.trimmed() != "" { // one of the register
		var then regime.Provider
		then, f.remarks = k.ref.TrustOn(provider.Code, env.Now)
		provider.Type = cmp.Or(then.Type, provider.Type)
	}
	o := &failure.Opening{Ref: refOf(key), Profile: profile.Name, Provider: provider}
	if f.reopens.set {
		if o.Reopens, err = CaseRef(f.reopens.text); err != nil {
			return nil, fmt.Errorf("--reopens: %w", err)
		}
	}
	if o.Serves, err = f.serving(k, profile, provider); err != nil {
		return nil, err
	}
	o.Members = members(k.ref, profile, provider)
	for _, p := range o.Serves { // where one seat stands for many in the group, those of its people are there by name
		if b := p.Body(); (profile.Fills(b, regime.CouncilOf) || profile.Fills(b, regime.PatientsVoice)) && !slices.Contains(o.Members, p) {
			o.Members = append(o.Members, p)
		}
	}
	o.Units = unitNames(reference.NewNames(k.ref, profile.Bodies), profile, o)
	if _, err := failure.Open(*o, env.Now); err != nil {
		return nil, err
	}
	return o, nil
}

func (f *openingFlags) inProfile(env Env) (*regime.Profile, error) {
	return ProfileOn(f.profile.or(env.Profile), env.Now)
}

// ProfileOn reads --profile, in any case, as it is on a day; without a name it is the profile of that day.
func ProfileOn(name string, day time.Time) (*regime.Profile, error) {
	if strings.TrimSpace(name) == "" {
		return regime.ProfileFor(day), nil
	}
	p, ok := regime.ProfileOn(strings.ToUpper(strings.TrimSpace(name)), day)
	if !ok {
		return nil, fmt.Errorf("--profile: there is no profile %q; there are %s", clip(name), ProfileNames())
	}
	return p, nil
}

// members are those of every group in whose area the provider serves patients (R12).
func members(ref *reference.Reference, profile *regime.Profile, p regime.Provider) []regime.Party {
	var out []regime.Party
	for _, area := range append([]string{p.AreaTeam}, p.OtherAreas...) {
		group := reference.Standing(profile, ref.LocalGroup(area), p.Region)
		if !reference.HasAreaTeams(profile) {
			group = ref.SeatedIn(profile, area, p.Region)
		}
		for _, m := range group {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// serving are the units for the people that the provider serves.
func (f *openingFlags) serving(k lore, profile *regime.Profile, p regime.Provider) ([]regime.Party, error) {
	var given []reference.Council
	if f.serves.set {
		named, err := parseParties(f.serves.text)
		if err != nil {
			return nil, fmt.Errorf("--serves: %w", err)
		}
		for _, q := range named {
			c, ok := k.ref.Council(q.Unit())
			areas := slices.Concat(c.Areas, c.Boards)
			lies := slices.ContainsFunc(append([]string{p.AreaTeam}, p.OtherAreas...), func(a string) bool {
				return slices.Contains(areas, a)
			})
			if !ok || !profile.Fills(q.Body(), regime.CouncilOf) || !lies {
				return nil, fmt.Errorf("--serves: %q is no council of an area that the provider serves; --also-area adds an area",
					clip(k.names.PartyName(q)))
			}
			given = append(given, c)
		}
	}
	return k.ref.Serving(profile, p, given), nil
}

// unitNames names the members that a profile cannot know, and the region and the lead
// commissioner, who may come in later.
func unitNames(names *reference.Names, profile *regime.Profile, o *failure.Opening) []regime.UnitName {
	all := append(slices.Concat(o.Members, o.Serves),
		profile.Takes(regime.RegionalOffice, o.Provider.Region))
	lead := profile.Takes(regime.LeadCommissioner, o.Provider.LeadCCG)
	if o.Provider.LeadCCG != "" {
		all = append(all, lead)
	}
	var out []regime.UnitName
	for i, p := range all {
		name := names.PartyName(p)
		if p.Unit() != "" && name != string(p) && !slices.Contains(all[:i], p) {
			out = append(out, regime.UnitName{Party: p, Name: name})
		}
	}
	return out
}
