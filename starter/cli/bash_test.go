package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Nothing of the package bash-completion is there: as on macOS, and on many servers.
func TestABareBashCompletesWithoutAnErrorOnEachTab(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	o := at(t)
	script := filepath.Join(t.TempDir(), "starter.bash")
	if err := os.WriteFile(script, []byte(o.must("completion bash")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct{ words, asked, offered string }{ // words as bash parts them
		{`starter sho`, "__complete sho", "show"},
		{`starter note add --by CQ`, "__complete note add --by CQ", "CQC"},
		{`starter note add --by = CQ`, "__complete note add --by=CQ", "CQC"},
		{`starter summit open --present = CQC , --x`, "__complete summit open --present=CQC , --x", "--xyz"},
	} {
		words := strings.Fields(one.words)
		play := `starter() { printf '%s\n' "$*" >asked; printf '%s\n:4\n' "` + one.offered + `"; }
source ` + script + `
COMP_WORDS=(` + one.words + `) COMP_CWORD=` + strings.Repeat("1+", len(words)-1) + `0 COMP_TYPE=9
COMP_CWORD=$((COMP_CWORD)) COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
__start_starter
printf '%s\n' "${COMPREPLY[@]}"`
		cmd := exec.Command(bash, "--norc", "--noprofile", "-c", play)
		cmd.Dir = t.TempDir()
		out, err := cmd.CombinedOutput()
		asked, _ := os.ReadFile(filepath.Join(cmd.Dir, "asked"))
		if err != nil || strings.Contains(string(out), "not found") || !strings.Contains(string(out), one.offered) {
			t.Errorf("%s: %v\n%s", one.words, err, out)
		}
		if got := strings.TrimSpace(string(asked)); got != one.asked {
			t.Errorf("%s: asked is %q, want %q", one.words, got, one.asked)
		}
	}
}
