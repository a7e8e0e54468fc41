package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// numbers are the rules of the table, in its order.
func (c *campaign) numbers() ([]string, error) {
	raw, err := os.ReadFile(c.rules)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", c.rules, err)
	}
	var out []string
	for _, r := range rows {
		if ruleNumber.FindString(r.ID) != r.ID {
			return nil, fmt.Errorf("%s: nothing can cite a rule as %q", c.rules, r.ID)
		}
		if c.only.MatchString(r.ID) {
			out = append(out, r.ID)
		}
	}
	return out, nil
}

// inTestName finds a rule in the name of a test that carries it. The number of a section has an S before it there, and an
// x for its dot.
func inTestName(rule string) *regexp.Regexp {
	if chapter, part, ok := strings.Cut(rule, "."); ok {
		rule = "S" + chapter + "x" + part
	}
	return regexp.MustCompile("(^Test|_)" + rule + "_")
}

// tryRules breaks each rule in every place that cites it, and lets it meet the tests that carry
// its number. A rule is shown to be held when such a test fails.
func (c *campaign) tryRules(mutants []mutant) error {
	rules, err := c.numbers()
	if err != nil {
		return err
	}
	var unseen []string
	for _, rule := range rules {
		carries := inTestName(rule)
		tests := slices.DeleteFunc(slices.Clone(c.tests), func(t test) bool { return !carries.MatchString(t.name) })
		killed, lived := 0, 0
		for _, m := range mutants {
			if !slices.Contains(m.cites, rule) {
				continue
			}
			fate, err := c.try(m, tests)
			if err != nil {
				return err
			}
			killed += count(fate == "killed")
			lived += count(fate != "killed")
			fmt.Printf("%s\t%s\t%s\n", rule, fate, m.name)
			if c.quick && killed > 0 {
				break
			}
		}
		if killed == 0 {
			unseen = append(unseen, rule)
		}
		fmt.Fprintf(os.Stderr, "%s: %d tests carry it; of %d ways to break what cites it they see %d\n",
			rule, len(tests), killed+lived, killed)
	}
	fmt.Fprintf(os.Stderr, "%d of %d rules broken and seen by a test that carries the number\n",
		len(rules)-len(unseen), len(rules))
	if len(unseen) > 0 {
		return fmt.Errorf("no test that carries its number sees a break of %s", strings.Join(unseen, ", "))
	}
	return nil
}
