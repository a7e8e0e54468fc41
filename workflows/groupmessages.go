package workflows

import (
	"errors"
	"time"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/surveillance"
)

// GroupWorkflow is the name under which SurveillanceGroup is registered; it is part of every
// running group and never changes.
const GroupWorkflow = "SurveillanceGroup"

// GroupID is the id of the workflow of the group of an area or region: "group-Q56".
func GroupID(place string) string { return "group-" + place }

// PlaceIn is a place as it is named within a scene, the play of a scenario, whose groups are
// not those that run under the place's own name: "Q56.K7QM-3XRD". Without a scene it is the
// place itself.
func PlaceIn(place, scene string) string {
	if scene == "" {
		return place
	}
	return place + "." + scene
}

// GroupInput starts a group, or carries it into the next run.
type GroupInput struct {
	Schema  int                   `json:"schema"`
	Opening *surveillance.Opening `json:"opening,omitempty"` // of a new group
	Group   *surveillance.Group   `json:"group,omitempty"`   // of one that goes on
	// ClockOffset is as in Input.
	ClockOffset time.Duration `json:"clockOffset,omitempty"`
	// Scene is as in Input.
	Scene string `json:"scene,omitempty"`
	// Chapter counts the runs that came before.
	Chapter int `json:"chapter,omitempty"`
	// Filing is as in Input.
	Filing     message.Filing `json:"filing,omitzero"`
	FiledEntry int            `json:"filedEntry,omitempty"`
}

// GroupSnapshot answers QueryState of a group, as Snapshot does of a case.
type GroupSnapshot struct {
	Group       *surveillance.Group `json:"group"`
	Now         time.Time           `json:"now"`
	ClockOffset time.Duration       `json:"clockOffset,omitempty"`
	Chapter     int                 `json:"chapter"`
	Filing      message.Filing      `json:"filing,omitzero"`
}

// QuerySources asks a group, for a regime.Party, who is behind what was told in confidence.
const QuerySources = "Sources"

// SourcesAnswer is the sources, or the rule that keeps them from the party: a query has no
// other way to refuse in words.
type SourcesAnswer struct {
	Sources []surveillance.ProtectedSource `json:"sources"`
	Rule    string                         `json:"rule,omitempty"`
	Reason  string                         `json:"reason,omitempty"`
}

func sourcesFor(g *surveillance.Group, p regime.Party) SourcesAnswer {
	found, err := g.Sources(p)
	var r *regime.Refusal
	if errors.As(err, &r) {
		return SourcesAnswer{Rule: r.Rule, Reason: r.Reason}
	}
	return SourcesAnswer{Sources: found}
}

// Get is the sources, or the refusal.
func (a SourcesAnswer) Get() ([]surveillance.ProtectedSource, error) {
	if a.Rule != "" {
		return nil, &regime.Refusal{Rule: a.Rule, Reason: a.Reason}
	}
	return a.Sources, nil
}
