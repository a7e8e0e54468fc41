package regime

import (
	"strings"
)

// UnitName is what a unit of a body is called.
type UnitName struct {
	Party Party  `json:"party"`
	Name  string `json:"name"`
	// Trust: it is an NHS trust or foundation trust, and so a statutory organisation.
	Trust bool `json:"trust,omitempty"`
}

// Body is the code of a kind of organisation in the regime (regime tables name it in
// their owner column). The code stays the same when the body is renamed; a profile says
// what it is called. Which codes exist is the profile's business.
type Body string

// The bodies that rules name. Others exist in a profile only.
const (
	CQC              Body = "CQC"
	Monitor          Body = "MONITOR"
	TDA              Body = "TDA"
	NHSCB            Body = "NHSCB" // NHS England; the 2012 draft calls it the NHS Commissioning Board
	CCG              Body = "CCG"
	LAComm           Body = "LA_COMM"
	LASafeguarding   Body = "LA_SAFEGUARDING"
	SAB              Body = "SAB"
	LSCB             Body = "LSCB"
	Police           Body = "POLICE"
	LSAMO            Body = "LSAMO"
	HEE              Body = "HEE"
	LETB             Body = "LETB"
	HealthwatchLocal Body = "HEALTHWATCH_LOCAL"
	HealthwatchEng   Body = "HEALTHWATCH_ENGLAND"
	GMC              Body = "GMC"
	NMC              Body = "NMC"
	GDC              Body = "GDC"
	HCPC             Body = "HCPC"
	GPhC             Body = "GPHC"
	GOC              Body = "GOC"
	GOsC             Body = "GOSC"
	GCC              Body = "GCC"
	PHE              Body = "PHE"
	SoS              Body = "SOS" // the Department of Health and its Secretary of State
	RoyalCollege     Body = "ROYAL_COLLEGE"
	ProviderBody     Body = "PROVIDER"
	Governors        Body = "GOVERNORS" // a foundation trust's council of governors; its unit is the trust's code
	Guest            Body = "GUEST"     // whoever is invited and is no other body; its unit is a number
	QSGLocal         Body = "QSG_LOCAL"
	QSGRegional      Body = "QSG_REGIONAL"
)

// Unnamed stands for a body that told something in confidence. No profile has it, so it cannot act.
const Unnamed Body = "UNNAMED"

// Party is one organisation at the table: a body, and where there are many of its kind the unit, as
// "CCG/07J" or "NHSCB/Q56" (an ODS code where there is one). A body that exists once has no unit:
// "CQC". A person always acts for a party.
type Party string

// PartyOf joins a body and a unit; the unit may be empty.
func PartyOf(b Body, unit string) Party {
	if unit == "" {
		return Party(b)
	}
	return Party(string(b) + "/" + unit)
}

// Body is the kind of organisation that the party is.
func (p Party) Body() Body {
	b, _, _ := strings.Cut(string(p), "/")
	return Body(b)
}

// Unit is which of its kind the party is; empty for a body that exists once.
func (p Party) Unit() string {
	_, u, _ := strings.Cut(string(p), "/")
	return u
}

// Sits reports whether the party can be a member of a case or group: neither a provider (R8) nor its
// governors ever are, and a guest has no vote.
func (p Party) Sits() bool {
	b := p.Body()
	return b != ProviderBody && b != Governors && b != Guest
}
