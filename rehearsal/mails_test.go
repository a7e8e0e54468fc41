package rehearsal

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"holdthering/activities/mail"
	"holdthering/verbs"
)

// Every mail of every shipped scenario is held to what mails must be: the first sentence says what
// is asked and by when, or that nothing is; what asks does not say that nothing is asked; every
// command that it shows is one; nothing stands in it twice.
func TestEveryMailOfEveryScenarioSaysFirstWhatIsAskedAndByWhen(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			judged, faults := map[string]bool{}, map[string]bool{}
			for _, m := range mails(t, filepath.Base(file)).mails {
				if judged[m.Text] {
					continue
				}
				judged[m.Text] = true
				for _, fault := range slices.Concat(firstSentence(m), contradiction(m), badCommands(m), twice(m)) {
					if !faults[fault] {
						t.Errorf("%s in:\nSubject: %s\n%s", fault, m.Subject, m.Text)
					}
					faults[fault] = true
				}
			}
			if len(judged) < 5 {
				t.Errorf("only %d mails were judged", len(judged))
			}
		})
	}
}

const nothingAsked = "You do not need to do anything."

var asks = regexp.MustCompile(`^(Reminder: p|P)lease [a-z].*( (by|on|it was to be on) [A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}, ` +
	`\d\d:\d\d UK time| as soon as you can)\.$`)

// lead is the first paragraph of a mail.
func lead(m mail.Message) string {
	first, _, _ := strings.Cut(m.Text, "\n\n")
	return strings.ReplaceAll(first, "\n", " ")
}

func firstSentence(m mail.Message) []string {
	if first := lead(m); first != nothingAsked && !asks.MatchString(first) {
		return []string{"the first sentence is " + first}
	}
	return nil
}

func contradiction(m mail.Message) []string {
	text := strings.Join(strings.Fields(m.Text), " ")
	asked := lead(m) != nothingAsked || strings.Contains(text, "lease ") && strings.Contains(text, "How to answer")
	for _, nothing := range []string{nothingAsked, "No answer is needed", "Nothing is asked", "Nobody need do anything"} {
		if asked && strings.Contains(text, nothing) || !asked && strings.Contains(text, "How to answer") {
			return []string{"it asks, and says " + nothing}
		}
	}
	if said, _, _ := strings.Cut(text, "----"); lead(m) == nothingAsked && begs.MatchString(strings.Replace(said, nothingAsked, "", 1)) {
		return []string{"it says that nothing is asked, and begs"}
	}
	return nil
}

// begs is what asks something, also of some readers only, or if something is so.
var begs = regexp.MustCompile(`(?i)\bplease\b|\byou (must|should|need to|have to|are asked)\b`)

// twice lists the lines that a mail has more than once.
func twice(m mail.Message) []string {
	var out []string
	seen := map[string]bool{}
	for paragraph := range strings.SplitSeq(m.Text, "\n\n") {
		for _, item := range strings.Split("\n"+paragraph, "\n- ") {
			item = strings.TrimSpace(item)
			if item == "" || strings.HasPrefix(item, "-----") {
				continue
			}
			if seen[item] && !heading.MatchString(item) {
				out = append(out, "twice "+item)
			}
			seen[item] = true
		}
	}
	return out
}

// heading is that of one notice among several: "Action due (R37)".
var heading = regexp.MustCompile(`^[^\n.]+ \([A-Z0-9.]+\)$`)

func badCommands(m mail.Message) []string {
	var out []string
	for line := range strings.Lines(m.Text) {
		command, ok := strings.CutPrefix(line, "    starter ")
		if !ok {
			continue
		}
		if err := parses(strings.TrimSpace(command), m.Text); err != nil {
			out = append(out, "no command: "+command+err.Error())
		}
	}
	return out
}

var (
	shown       = regexp.MustCompile(`^(show [A-Z0-9]{4}-[A-Z0-9]{4}|group show \S+)$`)
	placeholder = regexp.MustCompile(`^[A-Z][A-Z_]+$`)
	tries       = []string{"CQC", "A1", "https://www.example.org/x", "2013-09-12 10:00", "1"}
)

// parses reports whether the starter understands a command once its capitals are filled in, with
// the first of the values that the mail offers for each.
func parses(command, text string) error {
	if shown.MatchString(command) {
		return nil
	}
	words, err := split(command)
	if err != nil {
		return err
	}
	var last error
	for _, value := range tries {
		filled := slices.Clone(words)
		for i, w := range filled {
			if placeholder.MatchString(w) && i > 0 && strings.HasPrefix(filled[i-1], "--") && filled[i-1] != "--by" {
				filled[i] = offered(w, text, value)
			}
		}
		if words[0] == verbs.GroupNoun {
			_, last = verbs.ParseGroup(filled[1:], verbs.Env{Person: "A. Tester"})
		} else {
			_, last = verbs.Parse(filled, verbs.Env{Person: "A. Tester"})
		}
		if last == nil {
			return nil
		}
	}
	return last
}

func offered(name, text, otherwise string) string {
	flat := strings.Join(strings.Fields(text), " ")
	_, means, _ := strings.Cut(flat, "- "+name+": ")
	means, _, _ = strings.Cut(means, " - ")
	_, choices, _ := strings.Cut(means, ": ")
	if first, _, ok := strings.Cut(choices, ", "); ok && !strings.Contains(first, " ") {
		return first
	}
	if strings.Contains(means, "such as 2013-09-12") {
		return "2013-09-12 10:00"
	}
	return otherwise
}
