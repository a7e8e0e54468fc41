package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// typedLine is one line that the secretary types, with what is expected of the answer.
type typedLine struct {
	text    string
	slip    string   // what is wrong with it; empty where it is meant to be done
	has     []string // words that the answer has
	answers []string // to what it asks
}

func readHour(t *testing.T, file string) []typedLine {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []typedLine
	for n, line := range strings.Split(string(raw), "\n") {
		sign, text, _ := strings.Cut(line, " ")
		if sign != "$" && len(out) == 0 {
			continue // what stands above the first line
		}
		switch last := len(out) - 1; sign {
		case "$":
			out = append(out, typedLine{text: text})
		case "!":
			out[last].slip = text
		case ">":
			out[last].has = append(out[last].has, text)
		case "<":
			out[last].answers = append(out[last].answers, text)
		case "", "#":
		default:
			t.Fatalf("%s:%d: %q begins with no sign", file, n+1, line)
		}
	}
	return out
}

// terminal is a real one, in which a shell runs.
type terminal struct {
	*testing.T
	socket string
	lines  int
}

func newTerminal(s *site) *terminal {
	s.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		s.Skip("an hour at a terminal needs tmux")
	}
	x := &terminal{T: s.T, socket: s.path("tmux")}
	cmd := exec.Command("tmux", "-S", x.socket, "-f", "/dev/null", "new-session", "-d", "-x", "110", "-y", "48", "sh")
	cmd.Env = append(s.env(), "PATH="+programs+":"+os.Getenv("PATH"), "TERM=xterm-256color", "PS1=", "PAGER=cat", "COLUMNS=110")
	if out, err := cmd.CombinedOutput(); err != nil {
		s.Fatalf("%v: %s", err, out)
	}
	s.Cleanup(func() { _ = exec.Command("tmux", "-S", x.socket, "kill-server").Run() })
	return x
}

func (x *terminal) tmux(args ...string) string {
	x.Helper()
	out, err := exec.Command("tmux", append([]string{"-S", x.socket}, args...)...).CombinedOutput()
	if err != nil {
		x.Fatalf("tmux %v: %v: %s", args, err, out)
	}
	return string(out)
}

var (
	ended    = regexp.MustCompile(`(?m)^exit-(\d+)-(\d+)$`)
	question = regexp.MustCompile(`(\[y/N\]|\n>) *\n*$`)
)

// typed types a line and answers what it asks, until the shell has it back.
func (x *terminal) typed(l typedLine) (shown string, code string) {
	x.Helper()
	x.lines++
	x.tmux("send-keys", "-l", fmt.Sprintf("clear; %s; echo exit-$?-%d", l.text, x.lines))
	x.tmux("send-keys", "Enter")
	answers := l.answers
	asked := ""
	for began := time.Now(); time.Since(began) < 90*time.Second; time.Sleep(50 * time.Millisecond) {
		shown = x.tmux("capture-pane", "-p", "-J", "-S", "-300")
		if m := ended.FindAllStringSubmatch(shown, -1); len(m) > 0 && m[len(m)-1][2] == fmt.Sprint(x.lines) {
			return shown, m[len(m)-1][1]
		}
		if now := strings.TrimSpace(shown); question.MatchString(strings.TrimRight(shown, "\n ")) && now != asked {
			asked = now
			if len(answers) == 0 {
				x.Errorf("%s: it asks what is not expected:\n%s", l.text, shown)
				answers = []string{"n"}
			}
			x.tmux("send-keys", "-l", answers[0])
			x.tmux("send-keys", "Enter")
			answers = answers[1:]
		}
	}
	x.Fatalf("%s: no end:\n%s", l.text, shown)
	return "", ""
}

var openedCase = regexp.MustCompile(`Opened case ([A-Z0-9]{4}-[A-Z0-9]{4})`)

// A secretary's hour at a terminal, from the trigger to the exit, with the slips of haste. Each slip is answered with the
// way on, no help is read, and nothing but what was meant is recorded. HTR_HOUR=FILE plays another script, and only counts.
func TestASecretarysHour(t *testing.T) {
	file, counting := os.Getenv("HTR_HOUR"), true
	if file == "" {
		file, counting = "testdata/hour.txt", false
	}
	s := newSite(t, realNamespace, func(s *site) { s.extra = []string{"HTR_PROFILE="} })
	x := newTerminal(s)
	began, commands, slips, helps, ref := time.Now(), 0, 0, 0, ""
	var deadEnds, wrong []string
	for _, l := range readHour(t, file) {
		l.text = strings.ReplaceAll(l.text, "{CASE}", ref)
		shown, code := x.typed(l)
		if m := openedCase.FindStringSubmatch(shown); m != nil && ref == "" {
			ref = m[1]
		}
		if !strings.HasPrefix(l.text, "starter") {
			continue
		}
		commands++
		if strings.Contains(l.text, "--help") || strings.Contains(l.text, "starter commands") {
			helps++
		}
		lacks := ""
		plain := strings.Join(strings.Fields(shown), " ")
		for _, part := range l.has {
			if !strings.Contains(plain, strings.Join(strings.Fields(strings.ReplaceAll(part, "{CASE}", ref)), " ")) {
				lacks = part
			}
		}
		switch {
		case l.slip != "" && (lacks != "" || code == "0"):
			deadEnds = append(deadEnds, l.text+"\n    "+l.slip+": no "+lacks)
		case l.slip == "" && (lacks != "" || code != "0"):
			wrong = append(wrong, l.text+"\n    exit code "+code+", no "+lacks+"\n"+shown)
		}
		if l.slip != "" {
			slips++
		}
	}
	t.Logf("%d commands typed, %d of them slips; help read %d times; %d dead ends; %s at the terminal.\n%s", commands, slips, helps,
		len(deadEnds), time.Since(began).Round(time.Second), strings.Join(deadEnds, "\n"))
	if !counting && len(deadEnds)+helps > 0 {
		t.Error("a slip is not answered with the way on, or help had to be read")
	}
	if !counting && len(wrong) > 0 {
		t.Errorf("%d were not done:\n%s", len(wrong), strings.Join(wrong, "\n"))
	}
	if counting {
		t.Logf("%d were not done", len(wrong))
	}
	s.nothingBesides(ref, commands-slips)
}

// nothingBesides: a slip has left nothing in the record.
func (s *site) nothingBesides(ref string, most int) {
	s.Helper()
	record := s.taken("record", ref).out
	for _, never := range []string{"--immediate", "Unsafe staffing", "tomorrow"} {
		if strings.Contains(record, never) {
			s.Errorf("a slip is on record: %q", never)
		}
	}
	if list := s.taken("list").out; strings.Count(list, "RCX") != 1 {
		s.Errorf("more than one case came of it (%d lines were meant):\n%s", most, list)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "outbox")); err != nil {
		s.Errorf("no mail went: %v", err)
	}
}
