package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/regime/failure"
)

// Part is a part of the record that is only written when asked for.
type Part string

// Notices is a long table of who was told what and when.
const Notices Part = "notices"

// caution begins a part that is a text.
const caution = "caution: "

// Caution is what is wrong with the case or group itself, and not with what happened in it. It
// stands under the title.
func Caution(text string) Part { return Part(caution + text) }

// cautions are the texts of the parts that are some.
func cautions(parts []Part) (out []string) {
	for _, p := range parts {
		if text, ok := strings.CutPrefix(string(p), caution); ok {
			out = append(out, text)
		}
	}
	return out
}

// Markdown is the record of a case as of now, the case's own time.
func Markdown(c *failure.Case, now time.Time, parts ...Part) string {
	s := newSheet(c, now)
	s.cautions = cautions(parts)
	s.head()
	s.standing()
	s.members()
	s.trigger()
	s.concerns()
	s.safeguarding()
	s.deaths()
	s.guests()
	s.summit()
	s.judgements()
	s.differences()
	s.ring()
	s.acting()
	s.meetings()
	s.meetingRequests()
	s.talks()
	s.actions()
	s.furtherSummits()
	s.reviews()
	s.impacts()
	s.ownActs()
	s.provision()
	s.warnings()
	s.ratings()
	s.measures()
	s.administration()
	s.providerEnd()
	s.links()
	s.questions()
	s.referrals()
	s.public()
	s.planSteps()
	s.agreements(s.c.Agreements, s.c.Name)
	s.closing()
	s.duties()
	if slices.Contains(parts, Notices) {
		s.told()
	}
	s.chronology()
	return s.String()
}

// Document is the form of JSON.
type Document struct {
	AsOf time.Time `json:"asOf"`
	// Cautions are what is wrong with the case itself.
	Cautions []string      `json:"cautions,omitempty"`
	Case     *failure.Case `json:"case"`
	// Notices are there when asked for.
	Notices []Line `json:"notices,omitempty"`
}

// JSON is the case as it may be shown, as of now: {"asOf": ..., "case": ...}.
func JSON(c *failure.Case, now time.Time, parts ...Part) ([]byte, error) {
	d := Document{AsOf: now.UTC(), Case: c.Public(), Cautions: cautions(parts)}
	d.Case.Guests = slices.Clone(d.Case.Guests)
	for i := range d.Case.Guests {
		d.Case.Guests[i].Contact = "" // for who invites alone
	}
	if slices.Contains(parts, Notices) {
		d.Notices = MailLines(d.Case)
	}
	raw, err := indented(d)
	if err != nil {
		return nil, fmt.Errorf("record of case %s: %w", c.Ref, err)
	}
	return raw, nil
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
