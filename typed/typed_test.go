package typed_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"holdthering/typed"
)

func flags() *pflag.FlagSet {
	set := pflag.NewFlagSet("x", pflag.ContinueOnError)
	set.SetOutput(&strings.Builder{})
	set.String("concern", "", "")
	set.String("by", "", "")
	set.StringP("out", "o", "", "")
	set.Int("last", 0, "")
	set.Bool("immediate", false, "")
	set.BoolP("json", "j", false, "")
	return set
}

func TestAValueThatIsAFlagOrNothingIsRefused(t *testing.T) {
	for _, row := range []struct {
		words string
		says  string // empty: taken
	}{
		{"--concern|unsafe|--immediate", ""},
		{"--concern|--immediate", "write --concern=--immediate"},
		{"--concern|--immediate=true", "is a flag of this command"},
		{"--concern| --immediate", "is a flag of this command"},
		{"--concern|--immediate at once", "write --concern='--immediate at once'"},
		{"--concern|--immediate\nat once", "is a flag of this command"},
		{"--concern|--immediate\u00a0at once", "is a flag of this command"},
		{"--last|--json", "--last has no number"},
		{"--concern|--imediate", "looks like a flag"},
		{"--concern|--by|CQC", "--concern has no text behind it"},
		{"--concern|-j", "is a flag of this command"},
		{"--concern|-immediate", "looks like a flag"},
		{"--concern=--immediate", ""},
		{"--concern=–immediate", ""},
		{"--concern|–immediate", "typographic dash"},
		{"--concern|—immediate now", "Write --immediate if a flag"},
		{"--concern|−immediate", "typographic dash"},
		{"--concern|– a list", ""},
		{"--concern|-- a list", ""},
		{"--concern|-5 degrees", ""},
		{"--concern|-", ""},
		{"--concern|", "--concern is empty"},
		{"--concern|  ", "--concern is empty"},
		{"--concern=", "--concern is empty"},
		{"-o|--json", "--out has no text"},
		{"-o|", "--out is empty"},
		{"-jo|--immediate", "--out has no text"},
		{"-ofile|x", ""},
		{"-o=|x", "--out is empty"},
		{"x||--json", "empty"},
		{"x|–json", "write --json"},
		{"x|–|y", ""},
		{"--|–json|", ""},
		{"--nonsense|--json", ""},
		{"--concern", ""},
		{"--immediate|--json", ""},
	} {
		err := typed.Check(flags(), strings.Split(row.words, "|"))
		if row.says == "" && err != nil || row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)) {
			t.Errorf("%s: %v; want %q", row.words, err, row.says)
		}
	}
}

// Whatever is typed: once it has been looked over and understood, no flag holds one of the flags
// or nothing, unless flag and value were one word.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"--concern\n--immediate", "-o\n-j", "-jo\nx", "--by=--json", "–json", "--\n--by", "-\n--by\n-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words := strings.Split(line, "\n")
		set := flags()
		if err := typed.Check(set, words); err != nil {
			if utf8.ValidString(line) && !utf8.ValidString(err.Error()) {
				t.Fatalf("%q", err)
			}
			return
		}
		if set.Parse(words) != nil {
			return
		}
		set.Visit(func(f *pflag.Flag) {
			text := f.Value.String()
			if strings.Contains(line, "="+text) || f.Shorthand != "" && strings.Contains(line, f.Shorthand+text) {
				return
			}
			if strings.TrimSpace(text) == "" || typed.Names(set, text) {
				t.Fatalf("%q: --%s is %q", words, f.Name, text)
			}
		})
	})
}
