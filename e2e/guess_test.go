package e2e

import (
	"fmt"
	"regexp"
	"strings"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/regimetest/guess"
	"holdthering/verbs"
	"holdthering/workflows"
)

// guessAll has one who reads the histories, the lists, the boards, the metrics, the worker's log and the mails,
// and who knows every word of three acts in confidence and their keys, but not for whom they were done or
// where it came from, try whether any digest, id or name of theirs can be guessed back. What it returns may be
// chance: the numbers of the guesses of which 32 bits stand there.
func guessAll(s *site, ref string) (short []int) {
	s.Helper()
	read := s.history(s.caseID(ref)) + s.history(workflows.GroupID(place)) + s.listed() + s.shownMetrics(ref) +
		s.board(s.caseID(ref)) + s.board(workflows.GroupID(place)) + s.taken("list", "--json").out
	for path, content := range s.files() {
		if strings.HasSuffix(path, ".log") || strings.HasSuffix(path, ".eml") {
			read += content
		}
	}
	for _, m := range regexp.MustCompile(`identity:\s*"([^"]*)"`).FindAllStringSubmatch(read, -1) {
		if m[1] != workflows.StarterIdentity && m[1] != workflows.WorkerIdentity && !strings.Contains(m[1], "history") {
			s.Errorf("%q stands in the history", m[1])
		}
	}
	g := guess.New(read, ref)
	acts, number := 0, 0
	found := func(guess, what string) {
		number++
		if !g.Try(guess) {
			return
		}
		if !g.Short {
			s.Fatalf("after %d tries: %s: %q", g.Tries, what, guess)
		}
		short = append(short, number)
	}
	for _, one := range guessedActs(s, ref) {
		acts++
		for _, p := range one {
			found(p, "a digest")
		}
		// What the id of the Update is made of, as seal.Keys.Mark puts it together.
		made := ""
		for _, w := range one[:6] {
			made += fmt.Sprintf("%d %s\n", len(w), w)
		}
		found(made, "the id of an Update, made without the key")
	}
	s.Logf("%d acts guessed, %d tries, found 0, perhaps by chance %d", acts, g.Tries, len(short))
	if acts < 300 {
		s.Errorf("%d acts only", acts)
	}
	return short
}

// guessedActs are the three acts with every party and source that there may be: first what the id of the
// Update is made of, then what a careless program would make a digest of.
func guessedActs(s *site, ref string) (out [][]string) {
	s.Helper()
	all, err := reference.Load()
	if err != nil {
		s.Fatal(err)
	}
	env, who := verbs.Env{Case: ref, Person: mark + " Person", Role: mark}, mark+" Person"
	for _, by := range append(all.LocalGroup(place), "TDA", "NMC", "GMC") {
		for _, source := range regime.SourceKind("").Choices() {
			record := []string{"concern", "record", "--by", string(by), "--kind", "whistleblower", "--what", mark + " allegation",
				"--source", source, "--source-note", mark + " the night registrar", "--protect-identity", "--key", known + "1"}
			view := []string{"judgement", "own", "--by", string(by), "--view", mark + " sealed view", "--intends", mark, "--sealed", "--key", known + "2"}
			for _, words := range [][]string{record, view} {
				p, err := verbs.Parse(words, env)
				if err != nil {
					s.Fatal(err)
				}
				out = append(out, []string{s.caseID(ref), p.Verb.Name(), p.Request.Key, p.Request.Fingerprint, string(by), who,
					string(by) + who, fmt.Sprint(string(by), "\n", p.Request.Key), source, string(by) + "\n" + source})
			}
			p, err := verbs.ParseGroup([]string{"concern", "--group", place, "--by", string(by), "--provider", "EX-GP1", "--what", mark + " allegation",
				"--urgent", "--service", mark + " ward", "--source", source, "--protect-identity", "--key", known + "3"}, env)
			if err != nil {
				s.Fatal(err)
			}
			out = append(out, []string{workflows.GroupID(place), "RaiseConcern", p.Request.Key, p.Request.Fingerprint, string(by), who,
				string(by) + who, fmt.Sprint(string(by), "\n", p.Request.Key), source, string(by) + "\n" + source})
		}
	}
	return out
}
