package verbs_test

import (
	"strings"
	"testing"

	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// Of every verb, with every flag that takes a value: neither one of the other flags nor nothing
// nor a dash of a word processor stands for the value.
func TestNoFlagOfAnyVerbSwallowsTheNext(t *testing.T) {
	refused := func(words []string) {
		t.Helper()
		var err error
		if words[0] == verbs.GroupNoun {
			_, err = verbs.ParseGroup(words[1:], desk)
		} else {
			_, err = verbs.Parse(words, desk)
		}
		if err == nil {
			t.Errorf("%q was understood", words)
		}
	}
	var examples []string
	for _, v := range failure.Verbs() {
		examples = append(examples, v.Example)
	}
	for _, v := range surveillance.Verbs() {
		examples = append(examples, strings.ReplaceAll(v.Example, "--group GROUP", "--group Q56"))
	}
	tried := 0
	for _, example := range examples {
		words := line(example)
		for i, w := range words[:len(words)-1] {
			if !strings.HasPrefix(w, "--") || strings.HasPrefix(words[i+1], "--") {
				continue
			}
			for _, value := range []string{"--json", "", "–json"} {
				tried++
				refused(append(append(append([]string{}, words[:i+1]...), value), words[i+2:]...))
			}
		}
	}
	if tried < 500 {
		t.Fatalf("only %d were tried", tried)
	}
}

func TestATextThatBeginsAsAFlagDoesIsWrittenWithItsFlag(t *testing.T) {
	for _, text := range []string{"--immediate", "–x", "--json"} {
		p := must(t, "note add --by CQC --what="+text)
		if got := p.Act.(*failure.AddNote).Text; got != text {
			t.Errorf("%q", got)
		}
	}
	for _, text := range []string{"-- as follows", "– as follows", "-5 °C"} {
		p, err := verbs.Parse([]string{"note", "add", "--by", "CQC", "--text", text}, desk)
		if err != nil || p.Act.(*failure.AddNote).Text != text {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAFileThatHoldsNoTextIsRefusedAndSoIsAPersonCalledLikeAFlag(t *testing.T) {
	env := desk
	for content, says := range map[string]string{"": "holds no text", " \r\n\n": "holds no text",
		"--role\n": "a flag of this command"} {
		env.ReadText = func(string) (string, error) { return content, nil }
		for _, given := range []string{"@file", "-"} {
			_, err := verbs.Parse([]string{"note", "add", "--by", "CQC", "--text", given}, env)
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%q from %s: %v", content, given, err)
			}
		}
	}
	env = desk
	env.Role = "--case"
	if _, err := verbs.Parse(line("note add --by CQC --what x"), env); err == nil || !strings.Contains(err.Error(), "HTR_ROLE") {
		t.Error(err)
	}
}
