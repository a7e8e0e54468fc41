package surveillance

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// unnamed stands for a body that told the group something in confidence; its unit is the first
// concern of that body about the provider: "UNNAMED/C3".
const unnamed = regime.Unnamed

// Unnamed reports whether a party is a voice, by which something was told in confidence.
func Unnamed(p regime.Party) bool { return p.Body() == unnamed }

// ProtectedSource is who told the group something in confidence, and all that can be known of
// the source.
type ProtectedSource struct {
	Concern  string            `json:"concern"`
	Provider string            `json:"provider"`
	At       time.Time         `json:"at"`
	By       ledger.Actor      `json:"by"`
	Source   regime.SourceKind `json:"source,omitempty"`
}

// confidence is an act in which somebody may tell the group something without being known for it.
type confidence interface {
	// InConfidence reports whether this act is done in confidence.
	InConfidence() bool
	// source is what the act tells of where it comes from.
	source() ProtectedSource
}

// InConfidence reports whether the source's identity is to be protected (R14).
func (a *RaiseConcern) InConfidence() bool { return a.Confidential }

func (a *RaiseConcern) source() ProtectedSource {
	return ProtectedSource{Provider: words.Code(a.Provider), Source: a.Source}
}

// confide notes who acts, apart from everything else, and returns the voice by which the act is
// done instead: which body brought what was told in confidence can be enough to guess the person
// (R14). All that counts acts, or looks for who did them, finds the voice, which belongs to no one.
// Its owner is alerted, reminded, asked and told like all others, and may acknowledge openly.
//
// A body that speaks openly and in confidence of one provider counts as two voices, since one fewer
// would give it away.
func (g *Group) confide(a confidence, m ledger.Moment) regime.Party {
	s := a.source()
	s.Concern, s.At, s.By = g.nextConcern(), m.Now, m.By
	voice := regime.PartyOf(unnamed, s.Concern)
	for _, o := range g.Confided {
		if o.Provider == s.Provider && o.By.For == s.By.For {
			voice = regime.PartyOf(unnamed, o.Concern)
			break
		}
	}
	g.Confided = append(g.Confided, s)
	return voice
}

// Behind is the body behind a voice, for whoever writes a mail to it: nothing that is kept of the mail
// names it. Any other party is itself.
func (g *Group) Behind(p regime.Party) regime.Party {
	if p.Body() == unnamed {
		for _, s := range g.Confided {
			if s.Concern == p.Unit() {
				return s.By.For
			}
		}
	}
	return p
}

func (g *Group) nextConcern() string { return "C" + strconv.Itoa(len(g.Concerns)+g.Gone.Concerns+1) }

// Public is the group as all at its table may see it: without who told it something in
// confidence, and where that came from (R14). Boards, agendas, logs, records and the answers of
// queries are made so; who may know more asks Sources. The group itself is not changed. What
// Case.Public says of the store beneath holds here too.
func (g *Group) Public() *Group {
	k := g.clone()
	k.Confided = nil
	for i := range k.Concerns {
		if c := &k.Concerns[i]; c.Confidential {
			c.Told = nil // their mails say so
		}
	}
	k.pen.HideRequests()
	return k
}

// Sources tells the chair, and the party that supports the group, who is behind what was told in
// confidence, and any other body what it told so itself. No one else needs to know (R14; regime
// 5.7, tier T0).
func (g *Group) Sources(p regime.Party) ([]ProtectedSource, error) {
	p = g.ResolveUnit(p)
	all := p == g.support() || p == g.chair()
	var out []ProtectedSource
	for _, s := range g.Confided {
		if all || s.By.For == p {
			out = append(out, s)
		}
	}
	if len(out) == 0 && !all {
		return nil, regime.Refusef("R14", "who told the group something in confidence is for its chair, %s, and "+
			"for %s, who supports it; every other body sees what it told itself.", g.Name(g.chair()),
			g.Name(g.support()))
	}
	return out, nil
}
