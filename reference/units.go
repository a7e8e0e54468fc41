package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdthering/regime"
)

// shape says which units a body has.
type shape uint16

const (
	once          shape = 1 << iota // a national office: no unit
	perRegion                       // a seat in each region, its unit the region's code
	perArea                         // a seat in each area, its unit the area team's code
	several                         // an area may list more seats, as LA_COMM/Q56-NORFOLK
	perCCG                          // the CCGs of the data
	perProvider                     // the trusts of the data, and any code given by hand
	anyUnit                         // units that the data does not know
	perLater                        // a seat in each region of 2022
	perCouncil                      // councils by name, with what each of them has
	perForce                        // police force areas
	perGuest                        // guests of a case, by their number
	perFoundation                   // the foundation trusts of the data, and any code given by hand
	byHand                          // a seat in each integrated care board's area, by its code
	offices                         // its units are the regions and areas themselves
	forItself                       // each council's own sits in the groups of its area
	oneForMany                      // as forItself, and where they are many one has the seat
)

// units says for each body which units it has. Councils, Healthwatch, police and safeguarding boards
// have their own by name; a seat for the whole area stands where it is not known which. Education boards have
// units that the data does not hold, so they have one seat an area. The bodies that are mirrored in a regional group have one
// seat a region there: "mirrored" means the kind of body, not each of its units.
var units = []struct {
	body  regime.Body
	shape shape
}{
	{regime.CQC, once},
	{regime.Monitor, once},
	{regime.TDA, once},
	{regime.NHSCB, once | perRegion | perArea | perLater | offices},
	{regime.CCG, perRegion | perCCG},
	{regime.LAComm, perRegion | perArea | several | byHand | perLater | perCouncil | forItself},
	{regime.LASafeguarding, perArea | several | byHand | perCouncil},
	{regime.SAB, perArea | several | byHand | perCouncil},
	{regime.LSCB, perArea | several | perCouncil},
	{regime.Police, perArea | several | byHand | perForce},
	{regime.LSAMO, perArea | several},
	{regime.HEE, once},
	{regime.LETB, perRegion | perArea | several},
	{regime.HealthwatchLocal, perRegion | perArea | several | byHand | perLater | perCouncil | forItself | oneForMany},
	{regime.HealthwatchEng, once},
	{regime.GMC, once},
	{regime.NMC, once},
	{regime.GDC, once},
	{regime.HCPC, once},
	{regime.GPhC, once},
	{regime.GOC, once},
	{regime.GOsC, once},
	{regime.GCC, once},
	{regime.PHE, once | perRegion | perArea | several},
	{regime.SoS, once},
	{"NQB", once},
	{"NICE", once},
	{"HWB", perArea | several | byHand},
	{regime.RoyalCollege, once | anyUnit},
	{regime.QSGLocal, perArea | byHand},
	{regime.QSGRegional, perRegion | perLater},
	{regime.ProviderBody, perProvider},
	{regime.Governors, perFoundation},
	{regime.Guest, perGuest},
	{"ICB", byHand},
	{"SAFEGUARDING_PARTNERS", several | byHand | perCouncil | forItself},
}

// councilNames are what the units of a council's area are called where that is not their body's name and the place.
var councilNames = map[regime.Body]func(Council) string{
	regime.LAComm:           func(c Council) string { return c.Name },
	regime.LASafeguarding:   func(c Council) string { return c.Name + ", safeguarding adults team" },
	regime.HealthwatchLocal: func(c Council) string { return "Healthwatch " + c.Place },
}

// The bodies whose units the data lists: those that the codes of regions and area teams, of commissioning groups, of
// councils' areas and of police forces are units of.
var (
	officeBody    = bodiesOf(offices)[0]
	ccgBody       = bodiesOf(perCCG)[0]
	forceBody     = bodiesOf(perForce)[0]
	councilBodies = bodiesOf(perCouncil)
)

func bodiesOf(s shape) []regime.Body {
	var out []regime.Body
	for _, u := range units {
		if u.shape&s != 0 {
			out = append(out, u.body)
		}
	}
	return out
}

// shapeOf a body that only a profile knows is open: it may have units or none.
func shapeOf(b regime.Body) shape {
	if s, ok := shapeIn(b); ok {
		return s
	}
	return once | anyUnit
}

func shapeIn(b regime.Body) (s shape, listed bool) {
	for _, u := range units {
		if u.body == b {
			return u.shape, true
		}
	}
	return 0, false
}

// Parties are all parties that the data knows of: each body's national office, its
// seats in regions and areas, the CCGs and the trusts. Bodies come in a fixed order.
func (r *Reference) Parties() []regime.Party {
	var all []regime.Party
	for _, u := range units {
		all = append(all, r.partiesOf(u.body, u.shape)...)
	}
	return all
}

func (r *Reference) partiesOf(b regime.Body, s shape) []regime.Party {
	var found []regime.Party
	add := func(unit string) { found = append(found, regime.PartyOf(b, unit)) }
	if s&once != 0 {
		add("")
	}
	if s&perRegion != 0 {
		for _, x := range r.regions {
			add(x.Code)
		}
	}
	if s&perLater != 0 {
		for _, x := range r.laterRegions {
			if _, before := r.Region(x.Code); !before || s&perRegion == 0 {
				add(x.Code)
			}
		}
	}
	if s&perArea != 0 {
		for _, x := range r.areas {
			add(x.Code)
		}
	}
	if s&perCCG != 0 {
		for _, x := range r.ccgs {
			add(x.Code)
		}
	}
	if s&perProvider != 0 {
		for _, x := range r.trusts {
			add(x.Provider.Code)
		}
	}
	if s&perCouncil != 0 {
		for _, x := range r.councils {
			if s&perArea == 0 && len(x.Boards) == 0 || s&byHand == 0 && len(x.Areas) == 0 {
				continue // the body is of another time than the council
			}
			add(x.Code)
		}
	}
	if s&perForce != 0 {
		for _, x := range r.forces {
			add(x.code)
		}
	}
	if s&perFoundation != 0 {
		for _, x := range r.trusts {
			if x.Provider.Type == regime.FoundationTrust {
				add(x.Provider.Code)
			}
		}
	}
	return found
}

// NeedsUnit is the error for a body without a unit where there are many, as "CCG".
type NeedsUnit struct {
	Body    regime.Body
	Example regime.Party
}

// Error asks for the unit and shows how one is written.
func (n NeedsUnit) Error() string {
	return fmt.Sprintf("%s exists more than once: say which, as in %s", n.Body, n.Example)
}

// unitForm is what a unit looks like, given by hand or not.
var unitForm = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,39}$`)

// CheckParty says in a sentence why there can be no such party: a unit where the body
// exists once, none where it exists often (NeedsUnit), one that the data does not know. A provider's
// code may be unknown to the data (given by hand), and so may all units of a body that
// only a profile knows. Whether the profile knows the body is not asked here.
func (r *Reference) CheckParty(p regime.Party) error {
	s, unit := shapeOf(p.Body()), p.Unit()
	switch {
	case p == regime.Party(p.Body()):
		if s&once == 0 {
			return NeedsUnit{p.Body(), r.example(p.Body(), s)}
		}
		return nil
	case !unitForm.MatchString(unit):
		return fmt.Errorf("%q is not a unit: it needs capital letters, digits and dashes only", unit)
	case regime.CheckText("the party", unit) != nil:
		return regime.CheckText("the party", unit)
	case s == once:
		return fmt.Errorf("%s exists once: write %s without %q", p.Body(), p.Body(), unit)
	case s&(perProvider|perFoundation|perGuest|anyUnit) != 0, slices.Contains(r.partiesOf(p.Body(), s), p):
		return nil
	}
	if s&byHand != 0 && (IsBoard(unit) || s&several != 0 && furtherOfABoard(unit)) {
		return nil
	}
	if area, _, more := strings.Cut(unit, "-"); more && s&several != 0 {
		if _, ok := r.AreaTeam(area); ok {
			return nil
		}
	}
	return fmt.Errorf("%s has no unit %s: it is written as in %s", p.Body(), unit, r.example(p.Body(), s))
}

func (r *Reference) example(b regime.Body, s shape) regime.Party {
	all := r.partiesOf(b, s)
	if s&perGuest != 0 {
		return regime.PartyOf(b, "G1")
	}
	if len(all) == 0 {
		return regime.PartyOf(b, "EX-ICB1")
	}
	return all[len(all)/2]
}

// furtherOfABoard is one of several seats in a board's area, as QMM-NORFOLK.
func furtherOfABoard(unit string) bool {
	at := strings.LastIndex(unit, "-")
	return at > 0 && IsBoard(unit[:at])
}
