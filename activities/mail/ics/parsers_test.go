package ics_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
)

// understood is what a parser made of a file.
type understood struct {
	Method string  `json:"method"`
	Events []event `json:"events"`
}

type event struct {
	UID          string    `json:"uid"`
	Sequence     int       `json:"sequence"`
	Title        string    `json:"title"`
	Note         string    `json:"note"`
	Stamp        time.Time `json:"stamp"`
	Start        time.Time `json:"start"`
	End          time.Time `json:"end"`
	Organizer    string    `json:"organizer"`
	Name         string    `json:"name"`
	Transparency string    `json:"transparency"`
	Status       string    `json:"status"`
	Alarm        int       `json:"alarm"` // seconds before
}

// wanted is what every parser should understand of a message's file.
func wanted(m mail.Message, method string) understood {
	out := understood{Method: method}
	for _, e := range m.Calendar {
		if e.Withdrawn != (method == "CANCEL") {
			continue
		}
		w := event{UID: e.UID, Sequence: e.Sequence, Title: e.Title, Note: e.Note, Stamp: e.Stamp, Start: e.Start,
			End: e.Start.Add(e.Length), Organizer: "mailto:" + m.ReplyTo.Email,
			Name: "Hold the Ring Zoë’s office QSG", Transparency: "TRANSPARENT", Status: "CONFIRMED",
			Alarm: int(e.Alarm.Seconds())}
		if e.Busy {
			w.Transparency = "OPAQUE"
		}
		if e.Withdrawn {
			w.Transparency, w.Status, w.Alarm = "TRANSPARENT", "CANCELLED", 0
		}
		out.Events = append(out.Events, w)
	}
	return out
}

// TestThreeParsersThatAreNotOursReadTheFiles needs what .ci/calendar installs: ical.js and
// node-ical for node, and icalendar for Python. HTR_CALENDAR_PARSERS says that they are there.
func TestThreeParsersThatAreNotOursReadTheFiles(t *testing.T) {
	if os.Getenv("HTR_CALENDAR_PARSERS") == "" {
		t.Skip("left out: .ci/calendar installs the three parsers and runs it")
	}
	tools, err := filepath.Abs("../../../tools/calendar")
	require.NoError(t, err)
	m := whole()
	for _, parser := range [][]string{{"node", "ical.mjs"}, {"node", "node.mjs"}, {"/usr/bin/python3", "python.py"}} {
		for _, f := range ics.Files(m) {
			cmd := exec.Command(parser[0], parser[1])
			var said, wrong bytes.Buffer
			cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = tools, strings.NewReader(f.Text), &said, &wrong
			require.NoError(t, cmd.Run(), "%s: %s", parser[1], &wrong)
			var got understood
			require.NoError(t, json.Unmarshal(said.Bytes(), &got), "%s: %s", parser[1], &said)
			require.ElementsMatch(t, wanted(m, f.Method).Events, got.Events, "%s, %s", parser[1], f.Method)
			require.Equal(t, f.Method, got.Method, parser[1])
		}
	}
}
