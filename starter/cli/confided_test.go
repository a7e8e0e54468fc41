package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// confided are acts in confidence without the texts, with the flags of those that are needed.
var confided = []struct{ command, flag string }{
	{`group concern --group Q56 --by CCG/07K --provider RCX --protect-identity`, "what"},
	{`concern record --by CQC --kind serious-incident --source other --protect-identity`, "what"},
	{`concern record --by CQC --kind whistleblower`, "what"},
	{`judgement own --by CQC --sealed`, "view"},
	{`trigger --provider RGP --by CQC --source whistleblower --protect-identity`, "what"},
}

// inTheOpen is an office with a case and a group.
func inTheOpen(t *testing.T) *office {
	o := at(t)
	o.must("group start --area Q56")
	o.open()
	return o
}

func TestWhatIsToldInConfidenceIsNotTakenFromTheCommandLine(t *testing.T) {
	for _, row := range confided {
		o := inTheOpen(t)
		o.stdin = "SECRET from a file\r\n"
		open := append(line(row.command), "--"+row.flag, "SECRET openly")
		a := o.run(open...)
		if a.code != 2 || !strings.Contains(a.err, "--"+row.flag+" @FILE") || strings.Contains(a.err+a.out, "SECRET") {
			t.Errorf("%s: exit %d: %s", row.command, a.code, a.err)
		}
		if a := o.run(append(open, "--open-text")...); a.code != 0 {
			t.Errorf("%s, allowed: exit %d: %s", row.command, a.code, a.err)
		}
		if a := o.run(append(line(row.command), "--again", "--"+row.flag, "-")...); a.code != 0 {
			t.Errorf("%s, on the standard input: exit %d: %s", row.command, a.code, a.err)
		}
		file := filepath.Join(t.TempDir(), "text.txt")
		if err := os.WriteFile(file, []byte("in a file"), 0o600); err != nil {
			t.Fatal(err)
		}
		if a := o.run(append(line(row.command), "--again", "--"+row.flag, "@"+file)...); a.code != 0 {
			t.Errorf("%s, in a file: exit %d: %s", row.command, a.code, a.err)
		}
	}
}

func TestWhoSitsAtATerminalIsAskedForWhatIsToldInConfidence(t *testing.T) {
	for _, row := range confided {
		o := inTheOpen(t)
		if a := o.run(line(row.command)...); a.code != 2 || !strings.Contains(a.err, "--"+row.flag) {
			t.Errorf("%s, nobody sits there: exit %d: %s", row.command, a.code, a.err)
		}
		o.sits, o.stdin = true, "Nobody supervises the nights\n"
		if a := o.run(line(row.command)...); a.code != 0 || !strings.Contains(a.err, "(--"+row.flag+")") {
			t.Errorf("%s: exit %d: %s", row.command, a.code, a.err)
		}
		o.stdin = "\n"
		if a := o.run(line(row.command)...); a.code != 2 {
			t.Errorf("%s, nothing typed: exit %d", row.command, a.code)
		}
	}
	o := inTheOpen(t)
	o.must(`group concern --group Q56 --by CQC --provider RCX --what "Letters come late"`)
	if a := o.run(line(`concern record --by CQC --kind serious-incident --what x --source-note y --protect-identity`)...); a.code != 2 ||
		!strings.Contains(a.err, "--source-note") {
		t.Errorf("the note on the source: exit %d: %s", a.code, a.err)
	}
}

func TestTheAnswerToAnActInConfidenceNamesNobodyWhoeverRepeatsItsKey(t *testing.T) {
	o := inTheOpen(t)
	command := `group concern --group Q56 --by CCG/07K --provider RCX --what "Letters come late" --protect-identity ` +
		`--open-text --key 0191f2c1-5d6e-7f70-8a91-b2c3d4e5f607 --json`
	first := o.must(command)
	for _, again := range []string{command, strings.Replace(command, "CCG/07K", "CQC", 1)} {
		a := o.run(line(again)...)
		for _, said := range []string{first, a.out, a.err} {
			lacks(t, said, "07K")
			lacks(t, said, "A. Tester")
			lacks(t, said, "0191f2c1-5d6e-7f70-8a91-b2c3d4e5f607")
		}
	}
	var raw map[string]any
	if err := json.Unmarshal([]byte(o.must("group file Q56 --format json")), &raw); err != nil {
		t.Fatal(err)
	}
	if text := o.must("group file Q56 --format json"); strings.Contains(text, `"print"`) || strings.Contains(text, "confided") {
		t.Errorf("%s", text)
	}
}
