package regime

import (
	"strings"
	"time"
)

// unnamed stands for a body that told the group something in confidence; its unit is the
// first concern of that body about the provider: "UNNAMED/C3". It is a body of no profile,
// so nobody can act for it.
const unnamed Body = "UNNAMED"

// voice is who speaks in a concern, as members may know it: which body brought what was told
// in confidence can be enough to guess the person (R14). A body that speaks openly and in
// confidence of one provider counts as two voices, since one fewer would give it away.
func (g *Group) voice(c Concern) Party {
	if !c.Confidential || c.By.For.Body() == unnamed {
		return c.By.For
	}
	for _, o := range g.Concerns {
		if o.Confidential && o.Provider == c.Provider && o.By.For == c.By.For {
			return PartyOf(unnamed, o.ID)
		}
	}
	return PartyOf(unnamed, c.ID)
}

// protected is an entry of the chronology without the body that told something in confidence.
func (g *Group) protected(e Entry) Entry {
	if e.Verb != GroupVerbOf(&RaiseConcern{}).Path {
		return e
	}
	for _, c := range g.Concerns {
		if c.Confidential && strings.HasPrefix(e.Text, c.opens()) {
			e.By = Actor{For: g.voice(c)}
			e.Key, e.Print = "", "" // a digest of who said what would let a guess be tried
		}
	}
	return e
}

// opens is how the entry of a concern begins.
func (c Concern) opens() string { return "Concern " + c.ID + " about provider " }

// Public is the group as all at its table may see it: of what was told in confidence neither
// the source nor the body (R14). Boards, agendas, logs, records and the answers of queries
// are made so; who may know more asks Sources. The group itself is not changed. What
// Case.Public says of the store beneath holds here too.
func (g *Group) Public() *Group {
	k := g.clone()
	for i := range k.Entries {
		k.Entries[i] = g.protected(k.Entries[i])
	}
	for i := range k.Concerns {
		if c := &k.Concerns[i]; c.Confidential {
			c.By, c.Source, c.FedIn, c.Told = Actor{For: g.voice(*c)}, "", false, nil
		}
	}
	return k
}

// ProtectedSource is who told the group something in confidence.
type ProtectedSource struct {
	Concern  string     `json:"concern"`
	Provider string     `json:"provider"`
	At       time.Time  `json:"at"`
	By       Actor      `json:"by"`
	Source   SourceKind `json:"source,omitempty"`
}

// Sources tells the chair and who supports the group who is behind what was told in
// confidence, and any other body what it told so itself. Nobody else needs to know (R14;
// regime 5.7, tier T0).
func (g *Group) Sources(p Party) ([]ProtectedSource, error) {
	p = g.Complete(p)
	all := p == g.support() || p == g.chair()
	var out []ProtectedSource
	for _, c := range g.Concerns {
		if c.Confidential && (all || c.By.For == p) {
			out = append(out, ProtectedSource{Concern: c.ID, Provider: c.Provider, At: c.At, By: c.By,
				Source: c.Source})
		}
	}
	if len(out) == 0 && !all {
		return nil, refuse("R14", "who told the group something in confidence is for its chair, %s, and "+
			"for %s, who supports it; every other body sees what it told itself.", g.Name(g.chair()),
			g.Name(g.support()))
	}
	return out, nil
}
