package reference

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"holdthering/regime"
	"holdthering/regime/words"
)

// ParseParty understands a party's code ("CCG/07J", "cqc"), the code of its unit alone
// ("07J"; "Q56" is the area team; "G1" is a guest), and names ("Monitor", "West Norfolk CCG", "NHS England
// East Anglia", "LETB East Anglia", a trust's name), in any case. Words that need a case
// to mean something ("the trust") are the caller's. A provider's code need not be in the
// data. What fits none or several gives an *Unclear; what names a body but not which of
// its units gives a NeedsUnit, which a caller who knows the case may complete.
func (n *Names) ParseParty(text string) (regime.Party, error) { return n.parse(text, n.unclear) }

// Lookup reads a text as ParseParty does, and reports whether it is a party's: what it is like otherwise
// is looked for among thousands of names, and here nobody asks.
func (n *Names) Lookup(text string) (regime.Party, bool) {
	p, err := n.parse(text, func(string) error { return errNone })
	return p, err == nil
}

var errNone = errors.New("no party is called that")

// parse asks none what to say where nothing has the name.
func (n *Names) parse(text string, none func(string) error) (regime.Party, error) {
	text, err := clean("party", text)
	if err != nil {
		return "", err
	}
	if g := words.Code(text); guestNumber.MatchString(g) && n.knows(regime.Guest) {
		return regime.PartyOf(regime.Guest, g), nil
	}
	if p := codeOf(text); n.knows(p.Body()) {
		err := n.ref.CheckParty(p)
		if err == nil {
			return p, nil
		}
		if shapeOf(p.Body()) == once {
			return "", err
		}
	}
	if at, ok := n.ref.byCode[words.Code(text)]; ok && n.knows(at.body) {
		return regime.PartyOf(at.body, words.Code(text)), nil
	}
	p, err := n.find(text, none)
	if err == nil {
		err = n.ref.CheckParty(p)
	}
	if err != nil {
		return "", err
	}
	return p, nil
}

// guestNumber is a guest's number alone, as it stands on the screen: "G1" is GUEST/G1.
var guestNumber = regexp.MustCompile(`^G[0-9]{1,2}$`)

// codeOf reads text as a party's code: "ccg / 07j", "Healthwatch England".
func codeOf(text string) regime.Party {
	body, unit, _ := strings.Cut(strings.ToUpper(text), "/")
	body = strings.Join(strings.Fields(body), "_")
	return regime.PartyOf(regime.Body(body), strings.TrimSpace(unit))
}

func (n *Names) knows(b regime.Body) bool {
	return slices.ContainsFunc(n.bodies, func(k regime.BodyRow) bool { return k.Code == b })
}

// find asks the first index, then the second.
func (n *Names) find(text string, none func(string) error) (regime.Party, error) {
	x := n.indexes()
	found := x.first.match(text)
	if len(found) == 0 {
		found = x.second.match(text)
	}
	if len(found) > 0 {
		m, err := oneOf(partyKind, text, found)
		return regime.Party(m.Code), err
	}
	return "", none(text)
}

// unclear names what is like a text that is no party's; near matches come from both indexes. A code of a
// known body that is like nothing gets the reason why it is none.
func (n *Names) unclear(text string) error {
	x := n.indexes()
	near := append(x.first.near(text), x.second.near(text)...)
	if p := codeOf(text); len(near) == 0 && n.knows(p.Body()) {
		if err := n.ref.CheckParty(p); err != nil {
			return err
		}
	}
	return &Unclear{Kind: partyKind, Query: text, Near: near[:min(len(near), maxNear)]}
}
