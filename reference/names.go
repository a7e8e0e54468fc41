package reference

import (
	"strings"
	"sync"

	"holdthering/regime"
)

// Names turns text into parties and parties into words, under the names of one profile.
// It never changes, so any number of goroutines may use it.
type Names struct {
	ref    *Reference
	bodies []regime.BodyRow
	// indexes are made when a name is first looked for: to say what a party is called needs none.
	indexes func() *indexes
}

// indexes are two, so that "East Anglia" is the area team and not also its ten other seats: first holds bodies, units
// of NHS England, CCGs and trusts; second the seats.
type indexes struct{ first, second index }

// NewNames joins the data with the bodies of a profile. Only listed bodies are understood;
// the first name of each is shown, all are understood.
func NewNames(ref *Reference, bodies []regime.BodyRow) *Names {
	n := &Names{ref: ref, bodies: bodies}
	n.indexes = sync.OnceValue(n.listed)
	return n
}

func (n *Names) listed() *indexes {
	x := &indexes{first: index{kind: partyKind, noise: commonNoise}, second: index{kind: partyKind, noise: commonNoise}}
	for _, b := range n.bodies {
		for _, p := range n.ref.partiesOf(b.Code, shapeOf(b.Code)) {
			n.list(x, b, p)
		}
		if shapeOf(b.Code)&once == 0 {
			n.list(x, b, regime.PartyOf(b.Code, ""))
		}
	}
	return x
}

const partyKind = "party"

// list puts a party into the index under its unit's name with each name of its body.
func (n *Names) list(x *indexes, b regime.BodyRow, p regime.Party) {
	into := &x.first
	switch {
	case p.Unit() == "", b.Code == officeBody:
	case n.ref.named(p):
		name := n.ref.PartyName(p)
		x.first.add(string(p), name, name)
		return
	default:
		into = &x.second
	}
	place := n.ref.unitName(p)
	if _, ok := n.ref.Council(p.Unit()); ok {
		into.add(string(p), n.PartyName(p), n.PartyName(p))
	}
	shown := n.PartyName(p)
	into.add(string(p), string(b.Code)+" "+place, shown)
	for _, name := range b.Names {
		into.add(string(p), name+" "+place, shown)
	}
}

// PartyName is how the profile's readers call a party: "NHS West Norfolk CCG", "NHS
// England East Anglia area team", "Police, East Anglia". What neither the profile nor the
// data knows stays a code.
func (n *Names) PartyName(p regime.Party) string {
	body := n.bodyName(p.Body())
	place := n.ref.unitName(p)
	switch {
	case p.Unit() == "":
		return body
	case place == "":
		return string(p)
	case p.Body() == officeBody:
		return body + " " + place
	case p.Body() == ccgBody, p.Body() == regime.ProviderBody:
		return place
	}
	if c, ok := n.ref.Council(p.Unit()); ok {
		if name := councilNames[p.Body()]; name != nil {
			return name(c)
		}
	}
	return body + ", " + place
}

func (n *Names) bodyName(code regime.Body) string {
	for _, b := range n.bodies {
		if b.Code == code && len(b.Names) > 0 {
			return b.Names[0]
		}
	}
	return string(code)
}

// PartyName is the name of a party that the data itself knows: a CCG, a trust, a unit of
// NHS England under its name of 2013-14. Every other party stays a code; Names knows more.
func (r *Reference) PartyName(p regime.Party) string {
	place := r.unitName(p)
	switch {
	case place != "" && p.Body() == officeBody:
		return "NHS England " + place
	case place != "" && (p.Body() == ccgBody || p.Body() == regime.ProviderBody):
		return place
	}
	return string(p)
}

// named says whether the unit has a name of its own, other than its place's.
func (r *Reference) named(p regime.Party) bool {
	at, ok := r.byCode[p.Unit()]
	return ok && at.body == p.Body() && at.body != officeBody
}

// unitName is the unit in words; empty where the data does not know it.
func (r *Reference) unitName(p regime.Party) string {
	if p.Body() == regime.ProviderBody {
		t, _ := r.TrustRecord(p.Unit())
		return t.Provider.Name
	}
	if p.Body() == regime.Governors {
		t, _ := r.TrustRecord(p.Unit())
		return t.Provider.Name
	}
	if c, ok := r.Council(p.Unit()); ok {
		return c.Place
	}
	if f := r.force(p.Unit()); f != "" && p.Body() == forceBody {
		return f
	}
	code, more, _ := strings.Cut(p.Unit(), "-")
	if c, ok := r.CCG(code); ok && p.Body() == ccgBody {
		return c.Name + " CCG"
	}
	if g, ok := r.Region(code); ok {
		if p.Body() == ccgBody {
			return "CCGs of " + g.Name
		}
		return g.Name + " region"
	}
	if g, ok := r.LaterRegion(code); ok && p.Body() != ccgBody {
		return g.Name + " region"
	}
	a, ok := r.AreaTeam(code)
	switch {
	case !ok, p.Body() == ccgBody:
		return ""
	case p.Body() == officeBody:
		return a.Name + " area team"
	case more != "":
		return a.Name + " (" + more + ")"
	case shapeOf(p.Body())&(perCouncil|perForce) != 0:
		return a.Name + " (whole area)" // which of those in it is meant is not known (R107)
	}
	return a.Name
}
