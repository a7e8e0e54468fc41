package rehearsal

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"holdthering/regime/calendar"
	"holdthering/textfile"
)

// Scenario is a file as it is written: what is done and said at which time.
type Scenario struct {
	File   string `json:"file"`
	Title  string `json:"title,omitempty"`
	Source string `json:"source,omitempty"`
	// Pages are the bodies that answer on the pages of their mails, as the file names them.
	Pages string `json:"pages,omitempty"`
	Lines []Line `json:"lines"`
}

// Line is one dated line of a scenario, an act or an expectation.
type Line struct {
	N     int       `json:"n"` // in the file, from 1
	At    time.Time `json:"at"`
	Words []string  `json:"words"` // split as a shell does
	// Refused is the rule that must refuse the act, or "MISTAKE"; empty when it is to be done.
	Refused string `json:"refused,omitempty"`
}

// Malformed says where a file is no scenario. Nothing of it has been played.
type Malformed struct {
	File   string
	Line   int // 0 when it concerns the whole file
	Reason string
}

func (m *Malformed) Error() string {
	if m.Line == 0 {
		return m.File + ": " + m.Reason
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Reason)
}

// largestScenario is in bytes; the longest of those that are shipped has a thirtieth of it.
const largestScenario = 1 << 20

var (
	dated  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2} \d{2}:\d{2})(\s+)(\S.*)$`)
	refuse = regexp.MustCompile(`\s!!\s+([A-Z]?[0-9][0-9.]*|MISTAKE)\s*$`)
)

// Read reads a scenario. A file that is none gives a *Malformed.
func Read(path string) (Scenario, error) {
	text, err := textfile.Read(path, largestScenario)
	var fault *textfile.Fault
	if errors.As(err, &fault) {
		return Scenario{}, &Malformed{path, fault.Line, fault.Reason}
	}
	if err != nil {
		return Scenario{}, err
	}
	return Parse(path, text)
}

// Parse reads a scenario from its text; file is what errors call it.
func Parse(file, text string) (Scenario, error) {
	s := Scenario{File: file}
	for _, l := range logicalLines(text) {
		if err := s.add(l); err != nil {
			return Scenario{}, &Malformed{file, l.n, err.Error()}
		}
	}
	if len(s.Lines) == 0 {
		return Scenario{}, &Malformed{file, 0, "it has no line with a date, a time and a command"}
	}
	return s, nil
}

// logical is a line with those that continue it.
type logical struct {
	n    int // of its first line in the file
	text string
}

func logicalLines(text string) []logical {
	var out []logical
	var parts []string // of the last line, as long as it goes on
	open := false
	for i, l := range strings.Split(text, "\n") {
		rest, more := strings.CutSuffix(strings.TrimRight(l, " \t"), `\`)
		more = more && (open || !strings.HasPrefix(rest, "#"))
		if open {
			parts = append(parts, strings.TrimSpace(rest))
		} else {
			out = append(out, logical{n: i + 1})
			parts = []string{strings.TrimSpace(rest)}
		}
		out[len(out)-1].text = parts[0]
		if open = more; !open {
			out[len(out)-1].text = strings.Join(parts, " ")
		}
	}
	return out
}

func (s *Scenario) add(l logical) error {
	if l.text == "" || strings.HasPrefix(l.text, "#") {
		return nil
	}
	if m := dated.FindStringSubmatch(l.text); m != nil {
		return s.addLine(l.n, m[1], m[2], m[3])
	}
	name, value, ok := strings.Cut(l.text, ":")
	value = strings.TrimSpace(value)
	switch {
	case ok && name == "title" && s.Title == "" && len(s.Lines) == 0:
		s.Title = value
	case ok && name == "source" && len(s.Lines) == 0:
		s.Source = strings.TrimPrefix(s.Source+"; "+value, "; ")
	case ok && name == "pages" && s.Pages == "" && len(s.Lines) == 0:
		s.Pages = value
	default:
		return fmt.Errorf("neither a comment, nor 'title:', 'source:' or 'pages:' at the head, nor a date, a time " +
			"and a command such as: 2013-10-25 10:00  case close --by \"NHS England\"")
	}
	return nil
}

func (s *Scenario) addLine(n int, when, gap, command string) error {
	at, err := calendar.ParseInstant(when)
	if err != nil {
		return err
	}
	if len(gap) < 2 {
		return fmt.Errorf("two spaces or more stand between the time and the command")
	}
	if k := len(s.Lines); k > 0 && at.Before(s.Lines[k-1].At) {
		return fmt.Errorf("%s lies before the line above; time does not go backwards", when)
	}
	line := Line{N: n, At: at}
	if m := refuse.FindStringSubmatchIndex(command); m != nil {
		line.Refused, command = command[m[2]:m[3]], command[:m[0]]
	}
	if line.Words, err = split(command); err != nil {
		return err
	}
	s.Lines = append(s.Lines, line)
	return nil
}
