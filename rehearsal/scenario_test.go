package rehearsal

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
	"holdthering/screen"
)

const opening = `2013-09-10 09:30  trigger --provider RCX --by CQC --source inspection --what "Unsafe"
`

func TestALineIsATimeACommandAndPerhapsTheRuleThatRefusesIt(t *testing.T) {
	s, err := Parse("x.txt", `# a comment \
title: A case
source: one
source: two

2013-09-10 09:30  trigger --provider RCX \
    --concern 'It''s bad' "and \"worse\" \n" \
    --by CQC
2013-09-10 09:30	  judgement regulatory --by Monitor  !! R23
2013-09-11 09:30  note add --what "not refused !! R55"
`)
	if err != nil {
		t.Fatal(err)
	}
	if s.Title != "A case" || s.Source != "one; two" || len(s.Lines) != 3 {
		t.Fatalf("read %+v", s)
	}
	want := []string{"trigger", "--provider", "RCX", "--concern", "Its bad", `and "worse" \n`, "--by", "CQC"}
	if got := s.Lines[0]; !slices.Equal(got.Words, want) || got.N != 6 || got.Refused != "" {
		t.Errorf("the first line is %+v", got)
	}
	if got := s.Lines[1]; got.Refused != "R23" || len(got.Words) != 4 {
		t.Errorf("the second line is %+v", got)
	}
	if got := s.Lines[2]; got.Refused != "" || got.Words[3] != "not refused !! R55" {
		t.Errorf("the third line is %+v", got)
	}
	if got := calendar.Short(s.Lines[2].At); got != "Wed 11 Sep 2013 09:30" {
		t.Errorf("the third line is at %s", got)
	}
}

func TestAMalformedFileIsRefusedByFileAndLineAndNothingIsPlayed(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		line int
		says string
	}{
		"empty":               {"# nothing\n", 0, "no line with a date"},
		"no date":             {"trigger --provider RCX\n", 1, "neither a comment"},
		"late title":          {opening + "title: A case\n", 2, "neither a comment"},
		"one blank":           {"2013-09-10 09:30 trigger\n", 1, "two spaces"},
		"no such day":         {"2013-02-30 09:30  trigger\n", 1, "does not exist"},
		"no such hour":        {"2013-03-31 01:30  trigger\n", 1, "clocks go forward"},
		"backwards":           {opening + "2013-09-10 09:29  note add --by CQC --what x\n", 2, "backwards"},
		"open quote":          {opening + "2013-09-11 09:30  note add --what \"x\n", 2, "not closed"},
		"unknown verb":        {opening + "\n2013-09-11 09:30  summit cancel --by CQC\n", 3, "summit cancel"},
		"unknown flag":        {opening + "2013-09-11 09:30  note add --by CQC --txt x\n", 2, "--what"},
		"missing flag":        {opening + "2013-09-11 09:30  note add --by CQC\n", 2, "--what"},
		"unknown body":        {opening + "2013-09-11 09:30  note add --by Moniter --what x\n", 2, "Monitor"},
		"rule without number": {opening + "2013-09-11 09:30  note add --by CQC --what x !! R\n", 2, `"!!"`},
		"no opening":          {"2013-09-11 09:30  expect stage CLOSED\n", 1, "opens the case"},
		"refused opening":     {strings.TrimSpace(opening) + " !! R11\n", 1, "cannot be refused"},
		"second opening":      {opening + opening, 2, "a case about RCX already"},
		"another case":        {opening + "2013-09-11 09:30  note add --case X1 --by CQC --what x\n", 2, "--case"},
		"refused expectation": {opening + "2013-09-11 09:30  expect stage CLOSED !! R1\n", 2, "not refused"},
		"expect nothing":      {opening + "2013-09-11 09:30  expect\n", 2, "expect stage"},
		"expect what":         {opening + "2013-09-11 09:30  expect rain\n", 2, `"rain"`},
		"expect no stage":     {opening + "2013-09-11 09:30  expect stage CLOSING\n", 2, "STOOD_DOWN"},
		"expect no mail":      {opening + "2013-09-11 09:30  expect mails N999 = 3\n", 2, "N999"},
		"expect no duty":      {opening + "2013-09-11 09:30  expect duty REST open\n", 2, `"REST"`},
		"expect no state":     {opening + "2013-09-11 09:30  expect duty REINSPECTION soon\n", 2, "in-time"},
		"expect no day":       {opening + "2013-09-11 09:30  expect duty REINSPECTION due soon\n", 2, "not a date"},
		"swallowed flag":      {strings.TrimSpace(opening) + " --role --immediate\n", 1, "--role=--immediate"},
		"empty text":          {opening + "2013-09-11 09:30  note add --by CQC --what \"\"\n", 2, "--what is empty"},
		"a long dash":         {opening + "2013-09-11 09:30  note add --by CQC –text x\n", 2, "typographic dash"},
		"in a group":          {opening + "2013-09-11 09:30  group concern --group Q56 --by CQC --provider RCX --what --immediate\n", 2, "--what=--immediate"},
		"a start of groups":   {opening + "2013-09-11 09:30  group start --area --everywhere\n", 2, "--area=--everywhere"},
		"Windows-1252":        {opening + "# caf\xe9\n", 2, "Windows-1252"},
		"too large":           {strings.Repeat("# x\n", 1<<19), 0, "1 MiB"},
		"expect no number":    {opening + "2013-09-11 09:30  expect mails N1 > 3\n", 2, "a number"},
	} {
		path := filepath.Join(t.TempDir(), "case.txt")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		_, err := Rehearse(t.Context(), path, Options{Out: &out})
		var m *Malformed
		if !errors.As(err, &m) || m.Line != c.line || m.File != path || !strings.Contains(m.Reason, c.says) {
			t.Errorf("%s: %v; want line %d and %q", name, err, c.line, c.says)
		}
		if out.Len() > 0 {
			t.Errorf("%s: printed %q", name, out.String())
		}
	}
}

func TestAScenarioIsReadAsAnyEditorSavesIt(t *testing.T) {
	text := "title: x\n" + opening
	for _, saved := range []string{"\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
		"\xff\xfe" + strings.Join(strings.Split(text, ""), "\x00") + "\x00", strings.ReplaceAll(text, "\n", "\r")} {
		s, err := Read(written(t, saved))
		if err != nil || len(s.Lines) != 1 || s.Title != "x" {
			t.Errorf("%q: %+v, %v", saved[:8], s, err)
		}
	}
}

func TestWhatAScenarioSaysIsPrintedAndNotObeyed(t *testing.T) {
	path := written(t, "title: a\x1b[2J\u202eb\u009bc\nsource: \x1b]0;x\x07\n"+opening)
	for _, asJSON := range []bool{false, true} {
		var out strings.Builder
		if _, err := Rehearse(t.Context(), path, Options{Out: &out, JSON: asJSON}); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(out.String(), screen.Obeyed) {
			t.Errorf("%.200q", out.String())
		}
	}
}

func TestALineOfManyContinuationsIsReadInNoTime(t *testing.T) {
	began := time.Now()
	_, _ = Parse("x", strings.Repeat("a\\\n", largestScenario/3))
	if took := time.Since(began); took > 5*time.Second {
		t.Fatalf("it took %s", took)
	}
}

func TestASecondTriggerSaysThatThereIsACaseAlreadyAndWhatToDo(t *testing.T) {
	for second, says := range map[string]string{"RCX": "there is a case about RCX already", "RGN": "a scenario of its own"} {
		path := written(t, opening+`2013-09-10 09:34  trigger --provider `+second+` --by Monitor --source inspection --what "y" --immediate`+"\n")
		_, err := Rehearse(t.Context(), path, Options{})
		if err == nil || !strings.Contains(err.Error(), "case.txt:2: ") || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", second, err)
		}
	}
}

func TestAFileThatIsNotThereIsNoMalformedOne(t *testing.T) {
	_, err := Rehearse(t.Context(), filepath.Join(t.TempDir(), "none.txt"), Options{})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
}

func FuzzNoTextMakesTheReaderFail(f *testing.F) {
	for _, s := range []string{opening, "title: x\\", "2013-09-10 09:30  a 'b", "\\\n\\\n", "# \\\n" + opening} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("x", text)
		if err == nil && len(s.Lines) == 0 {
			t.Error("a scenario without lines was read")
		}
	})
}
