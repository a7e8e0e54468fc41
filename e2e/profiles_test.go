package e2e

import (
	"encoding/json"
	"strings"
	"testing"
)

// Two cases on one worker, one under each profile: each has its own bodies, mails and words,
// and neither takes an act in the name of a body of the other.
func TestCasesOfBothProfilesRunSideBySideOnOneWorker(t *testing.T) {
	s := newSite(t, realNamespace)
	old := s.trigger()
	later := s.opened("trigger", "--profile", "ENGLAND_2022", "--by", "ICB", "--source", "inspection",
		"--concern", "unsafe staffing", "--provider-name", "Example University Hospitals", "--provider-code",
		"EX-FT9", "--provider-type", "FOUNDATION_TRUST", "--area", "EX-ICB1", "--region", "Y61", "--json")

	s.eventually("both cases have told their members", func() bool {
		return len(s.mailsTo(old, "monitor.example")) > 0 && len(s.mailsTo(later, "icb.example")) > 0
	})
	s.saysOnly(later, "Rapid quality review meeting triggered", "Risk summit")
	s.saysOnly(old, "Risk summit triggered", "Rapid quality review")
	for _, gone := range []string{"monitor.example", "ccg.example", "letb.example"} {
		if got := s.mailsTo(later, gone); len(got) > 0 {
			t.Errorf("a case of 2022 writes to %v", got)
		}
	}
	if got := s.mailsTo(old, "icb.example"); len(got) > 0 {
		t.Errorf("a case of 2013 writes to %v", got)
	}

	s.stranger("ENGLAND_2022", "There NHS England stands in its place", "note", "add", "--case", later, "--by",
		"Monitor", "--text", "x")
	s.stranger("ENGLAND_2013", "It knows CQC, Monitor", "note", "add", "--case", old, "--by", "ICB/EX-ICB1",
		"--text", "x")

	s.killWorker()
	s.startWorker()
	s.taken("summit", "convene", "--case", later, "--by", "ICB", "--at", inAWeek())
	s.refused("R55", "measures", "decide", "--case", later, "--by", "ICB", "--outcome", "place", "--reason", "x")
	s.taken("measures", "decide", "--case", later, "--by", "NHS England", "--outcome", "place", "--reason", "x")
	s.taken("measures", "decide", "--case", old, "--by", "Monitor", "--outcome", "place", "--reason", "x")
	s.shows(later, "convening the rapid quality review meeting", "the Recovery Support Programme: in force",
		"agree the exit criteria", "unconfirmed and is not to be taken for law")
	s.shows(old, "convening the risk summit", "special measures: in force", "re-inspect")
}

// opened is the case that a command opens; it is asked to answer in JSON.
func (s *site) opened(args ...string) string {
	s.Helper()
	a := s.taken(args...)
	var got struct {
		Case string `json:"case"`
	}
	if err := json.Unmarshal([]byte(a.out), &got); err != nil || got.Case == "" {
		s.Fatalf("%v in %s", err, a.out)
	}
	return got.Case
}

// mailsTo are the mails of a case to addresses of a domain.
func (s *site) mailsTo(ref, domain string) []string {
	s.Helper()
	var out []string
	for _, m := range s.mails("[" + ref + "]") {
		if to, _, _ := strings.Cut(m, ": "); strings.Contains(to, "@"+domain) {
			out = append(out, m)
		}
	}
	return out
}

func (s *site) saysOnly(ref, its, others string) {
	s.Helper()
	all := strings.Join(s.mails("["+ref+"]"), "\n")
	if !strings.Contains(all, its) || strings.Contains(all, others) {
		s.Errorf("case %s is to say %q and not %q:\n%s", ref, its, others, all)
	}
}

// stranger insists that the command is not understood, and that the answer says under which
// profile the case runs.
func (s *site) stranger(profile, says string, args ...string) {
	s.Helper()
	a := s.starter(args...)
	words := strings.Join(strings.Fields(a.err), " ")
	if a.code != 2 || !strings.Contains(words, "profile "+profile) || !strings.Contains(words, says) {
		s.Errorf("starter %s: exit code %d\n%s", strings.Join(args, " "), a.code, a.err)
	}
}

func (s *site) shows(ref string, all ...string) {
	s.Helper()
	text := strings.Join(strings.Fields(s.taken("show", ref).out), " ")
	for _, want := range all {
		if !strings.Contains(text, want) {
			s.Errorf("show %s lacks %q:\n%s", ref, want, text)
		}
	}
}
