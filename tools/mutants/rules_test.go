package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

func TestEveryRuleOfTheTableIsFoundInCodeAndInTests(t *testing.T) {
	c := campaign{rules: "../../regime/rules.json"}
	var err error
	if c.only, err = regexp.Compile(""); err != nil {
		t.Fatal(err)
	}
	rules, err := c.numbers()
	if err != nil || len(rules) < 150 {
		t.Fatalf("%d rules, %v", len(rules), err)
	}
	for rule, test := range map[string]string{"R9": "TestR9_X", "R100": "TestR3_R100_X", "A10": "TestA10_X", "2.4": "TestR34_S2x4_X"} {
		if !inTestName(rule).MatchString(test) {
			t.Errorf("%s does not carry %s", test, rule)
		}
		if got := ruleNumber.FindAllString("(R9, R100; A10 and 2.4) R1000", -1); len(got) != 4 || !slices.Contains(got, rule) {
			t.Errorf("cited are %v", got)
		}
	}
	if inTestName("R10").MatchString("TestR100_X") || inTestName("R0").MatchString("TestR100_X") {
		t.Error("TestR100_X carries R10")
	}
}

func TestWhatIsSaidToHoldARuleIsThere(t *testing.T) {
	c := campaign{rules: "../../regime/rules.json", work: t.TempDir()}
	for _, dir := range []string{"", "ledger", "failure", "surveillance"} {
		c.dirs = append(c.dirs, filepath.Join("..", "..", "regime", dir))
	}
	mutants, _, err := c.breakAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(mutants, func(m mutant) bool { return slices.Contains(m.cites, "R100") }) {
		t.Errorf("of %d mutants none is of what cites R100", len(mutants))
	}
}
