package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mark stands in everything that people say in confidence; no place but the record of the case or
// the group may show it, and a source whose identity is protected not even that.
const mark = "QZXMARK"

// inConfidence plays a case with a mark in every field that takes words, faults included, and then
// its group. It gives the case's reference.
func inConfidence(s *site) (ref string) {
	s.Helper()
	a := s.taken("trigger", "--by", "NHS England East Anglia", "--source", "whistleblower", "--json",
		"--provider-name", mark+" Hospital", "--provider-code", "EX-NT1", "--provider-type", "NHS_TRUST",
		"--area", "East Anglia", "--lead-ccg", "07J", "--person", mark+" Officer", "--role", mark+" role",
		"--concern", mark+" concern", "--routine", mark+" routine", "--sites", mark+" site")
	var got struct {
		Case string `json:"case"`
	}
	if err := json.Unmarshal([]byte(a.out), &got); err != nil {
		s.Fatal(err)
	}
	by := saying("--case", got.Case)
	s.taken(by("CQC", "concern", "record", "--kind", "whistleblower", "--what", mark+" allegation",
		"--source", "whistleblower", "--source-note", mark+" the night registrar", "--protect-identity", "--open-text", "--key", known+"1")...)
	s.taken(by("CQC", "note", "add", "--text", mark+" note")...)
	s.killWorker()
	s.startWorker()
	s.taken(by("NHS England", "summit", "convene", "--at", inAWeek(), "--place", mark+" room",
		"--also", "NMC", "--why", mark+" why", "--left-out", "Police", "--why-not", mark+" why not")...)
	s.taken(by("CQC", "summit", "pack", "--page", mark+" page")...)
	s.taken(by("NHS England", "summit", "open", "--attending", "CQC,TDA", "--early", mark+" early")...)
	s.taken(by("CQC", "judgement", "own", "--view", mark+" sealed view", "--intends", mark, "--sealed", "--open-text", "--key", known+"2")...)
	s.server.Kill()
	s.killWorker()
	s.startServer()
	s.startWorker()
	s.taken(by("CQC", "judgement", "regulatory", "--value", "not-yet-determined", "--evidence", mark+" evidence")...)
	s.refused("R23", by("TDA", "judgement", "regulatory", "--value", "no-material-breach", "--evidence", mark)...)
	if a := s.starter(by("CQC", "note", "add", "--corrects", "99", "--text", mark)...); a.code == 0 {
		s.Fatal("a mistake was taken")
	}
	s.taken(by("NHS England", "judgement", "collective", "--value", "actual-failure", "--reason", mark+" reason")...)
	inTheGroup(s)
	s.eventually("the mails have gone, but the one that has no contact", func() bool {
		return len(s.mails("holds the ring")) > 0 && len(s.mails("Immediate risk")) > 0 &&
			strings.Contains(s.taken("record", got.Case, "--format", "json").out, "MEND_DIRECTORY")
	})
	return got.Case
}

// saying gives a command of a body in a case or a group, with a mark in who speaks.
func saying(where, which string) func(party string, words ...string) []string {
	return func(party string, words ...string) []string {
		return append(words, where, which, "--by", party, "--person", mark+" Person", "--role", mark)
	}
}

const place = "Q56"

// known are keys of requests that who guesses knows as well.
const known = "3a8b6c1e-5d0f-4e2a-9b7c-1f2e3d4c5b6"

// inTheGroup has a surveillance group hear in confidence of a provider, meet and agree, with a
// mark in every field that takes words.
func inTheGroup(s *site) {
	s.Helper()
	s.taken("group", "start", "--area", place)
	by := saying("--group", place)
	const nhse, trust = "NHS England", "EX-GP1"
	s.taken(by(nhse, "group", "watch", "--provider", trust, "--name", mark+" Surgery", "--type", "GP_PRACTICE",
		"--district", mark+" town")...)
	s.taken(by("LETB", "group", "concern", "--provider", trust, "--what", mark+" allegation", "--urgent",
		"--service", mark+" ward", "--source", "whistleblower", "--protect-identity", "--open-text", "--key", known+"3")...)
	s.taken(by("CQC", "group", "concern", "--provider", trust, "--what", mark+" openly", "--source", "inspection")...)
	s.taken(by("CQC", "group", "pack", "--what", mark+" pack", "--where", mark+" shelf")...)
	s.taken(by("CQC", "group", "note", "--text", mark+" note")...)
	s.killWorker()
	s.startWorker()
	s.taken(by(nhse, "group", "schedule", "--at", inAWeek(), "--place", mark+" room", "--theme", mark)...)
	s.taken(by(nhse, "group", "hold", "--present", "CQC,LETB", "--early", mark+" early", "--considered", trust, "--record", mark+" record")...)
	s.taken(by(nhse, "group", "consider", "--provider", trust, "--conclusion", mark+" conclusion",
		"--outcome", "note-and-watch")...)
	s.taken(by(nhse, "group", "level", "--provider", trust, "--level", "enhanced", "--reason", mark+" reason",
		"--evidence", mark+" evidence", "--agreed", "CQC,LETB")...)
	s.taken(by(nhse, "group", "action-propose", "--owner", "CQC", "--what", mark+" action", "--due", "2030-02-01", "--yes")...)
	s.taken(by(nhse, "group", "report", "--themes", mark+" themes", "--asks", mark, "--good-practice", mark)...)
}

// withNames has a directory that names a person with the mark, and does not know the NMC, which is
// invited: that person is asked to find out whom to tell.
func withNames(s *site) {
	s.Helper()
	raw, err := os.ReadFile(s.directory)
	if err != nil {
		s.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(raw)) {
		if !strings.HasPrefix(line, "NMC,") {
			lines = append(lines, strings.Replace(line, ",duty.q56@nhscb", ","+mark+" Desk <duty.q56@nhscb", 1))
		}
	}
	text := strings.Join(lines, "")
	text = strings.Replace(text, "<duty.q56@nhscb.example,", "<duty.q56@nhscb.example>,", 1)
	s.directory = filepath.Join(s.TempDir(), "directory.csv")
	if err := os.WriteFile(s.directory, []byte(text), 0o600); err != nil {
		s.Fatal(err)
	}
}

func TestNothingSaidInConfidenceIsInTheStoreTheLogsTheMailsTheMetricsOrTheLists(t *testing.T) {
	t.Parallel()
	s := newSite(t, realNamespace, withNames)
	ref := inConfidence(s)
	for _, look := range [][]string{{"show", ref, "--json"}, {"record", ref}} {
		if a := s.taken(look...); !strings.Contains(a.out, mark+" Desk (duty contact)") {
			t.Errorf("%s does not say with whom the duty to find a contact is:\n%s", look[0], a.out)
		}
	}
	if a := s.taken("record", ref); !strings.Contains(a.out, mark+" allegation") || strings.Contains(a.out, "night registrar") {
		t.Fatal("the record is for those at the table, but for the source")
	}
	if a := s.taken("group", "file", place); !strings.Contains(a.out, mark+" allegation") {
		t.Fatal("the group's record is for its members")
	}
	if !strings.Contains(s.history(s.caseID(ref)), "binary/encrypted") {
		t.Error("nothing is sealed")
	}
	short := guessAll(s, ref)
	if found := searched(s, ref); len(found) > 0 {
		t.Errorf("what was said in confidence stands in %s", strings.Join(found, ", "))
	}
	if len(short) == 0 {
		return
	}
	again := newSite(t, realNamespace, withNames)
	for _, n := range guessAll(again, inConfidence(again)) {
		if slices.Contains(short, n) {
			t.Errorf("guess %d is found twice in 32 bits", n)
		}
	}
}

func TestTheSearchFindsWhatIsSaidInConfidenceWhereNothingIsSealed(t *testing.T) {
	t.Parallel()
	s := newSite(t, realNamespace, withNames, func(s *site) { s.unsealed = true })
	found := searched(s, inConfidence(s))
	database := func(path string) bool { return strings.HasPrefix(path, "temporal.db") }
	if !slices.ContainsFunc(found, database) {
		t.Errorf("not in the database: %v", found)
	}
	for _, where := range []string{"the history of the case", "the history of the group"} {
		if !slices.Contains(found, where) {
			t.Errorf("not in %s: %v", where, found)
		}
	}
	found = slices.DeleteFunc(found, func(where string) bool {
		return database(where) || strings.HasPrefix(where, "the history")
	})
	if len(found) > 0 {
		t.Errorf("what no key guards does not show it even so: %v", found)
	}
}
