package verbs_test

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// inGroup reads one command line of a group, after the word "group".
func inGroup(words string, env verbs.Env) (verbs.GroupParsed, error) {
	var parsed verbs.GroupParsed
	root := verbs.Family(verbs.Program)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.AddCommand(verbs.GroupCommands(env, func(_ *cobra.Command, p verbs.GroupParsed) error {
		parsed = p
		return nil
	})...)
	root.SetArgs(line(words))
	return parsed, root.Execute()
}

func TestEveryVerbOfAGroupIsACommandWhoseExampleIsUnderstood(t *testing.T) {
	for _, v := range surveillance.Verbs() {
		words, ok := strings.CutPrefix(v.Example, verbs.GroupNoun+" ")
		if !ok || !strings.HasPrefix(v.Path, verbs.GroupNoun+" ") {
			t.Fatalf("%s does not stand under %s", v.Path, verbs.GroupNoun)
		}
		p, err := inGroup(strings.Replace(words, "GROUP", "Q56", 1), desk)
		if err != nil || p.Place != "Q56" || p.Verb.Path != v.Path || p.Request.Key == "" {
			t.Errorf("%s: %+v, %v", v.Example, p, err)
		}
	}
}

func TestAGroupIsNamedByCodeOrName(t *testing.T) {
	for text, want := range map[string]string{"Q56": "Q56", "q56": "Q56", "East Anglia": "Q56",
		"east anglia area team": "Q56", "group-Q56": "Q56", "Y55": "Y55",
		"q56.k7qm-3xrd": "Q56.K7QM-3XRD", "group-Q56.K7QM-3XRD": "Q56.K7QM-3XRD", "Midlands and East of England": "Y55"} {
		if got, err := verbs.GroupPlace(text); err != nil || got != want {
			t.Errorf("%s is %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "CQC", "NHS England", "Q99", "Q99.K7QM-3XRD", "Q56."} {
		if got, err := verbs.GroupPlace(text); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
	env := verbs.Env{Person: "A", By: "CQC", Group: "Y55", Case: "K7QM-3XRD"}
	p, err := inGroup(`note --text x`, env)
	if err != nil || p.Place != "Y55" || p.Request.By.For != "CQC" || len(p.Request.Fingerprint) != 64 {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = inGroup(`action-propose --owner CQC --what x --due 2013-11-01`, env)
	if err != nil || p.Act.(*surveillance.ProposeGroupAction).Case != "" {
		t.Errorf("the case of the environment went into the action: %+v, %v", p.Act, err)
	}
}
