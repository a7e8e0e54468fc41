package notices

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// copied is a folder of the shipped templates that a test may spoil.
func copied(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "templates")
	require.NoError(t, Copy(dir))
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
}

func TestTheShippedTemplatesAreInOrderAndSoIsACopyOfThem(t *testing.T) {
	for _, dir := range []string{"", copied(t)} {
		found, err := Check(dir)
		require.NoError(t, err)
		require.Empty(t, found)
	}
	require.Equal(t, everyKind(), Kinds(), "every kind has its template, and every template its kind")
	require.Error(t, Copy(copied(t)), "a folder that is there is not written over")
}

func TestEachFaultOfATemplateIsToldWithFileAndLine(t *testing.T) {
	for i, c := range []struct{ name, text, want string }{
		{"N5.md", "Subject: x\n\nline 3\nline {{.Nonsense}}\n", "N5.md:4: there is no field .Nonsense; there are "},
		{"N5.md", "Subject: x\n\n{{if .Group}}\nby {{.Byy}}{{end}}\n", "N5.md:4: there is no field .Byy; there are "},
		{"N5.md", "Subject: {{.Reff}}\n\nx\n", "N5.md:1: there is no field .Reff; "},
		{"N5.md", "Subject: x\n\n{{template \"answr\" .}}\n", `N5.md:3: there is no part "answr"`},
		{"N5.md", "Subject: x\n\n\n{{if .Group}}\n", "N5.md:5: unexpected EOF"},
		{"N5.md", "No subject\n\nx\n", "N5.md:1: it must begin with one line"},
		{"N5.md", "Subject: x\n\n{{template \"command\" (.Answer \"no such verb\")}}\n", "N5.md:3: "},
		{"layout.md", "{{.What}}\n{{.Wat}}\n{{template \"body\" .}}", "layout.md:2: there is no field .Wat; "},
		{"N1.md", "Subject: x\r\n\r\nDon\x92t wait\r\n", "N1.md:3: the byte 0x92 after 3 characters of the line is not UTF-8"},
		{"layout.md", "caf\xe9", "layout.md:1: the byte 0xE9"},
		{"N1.md", strings.Repeat("x", 300<<10), "N1.md: it is too large"},
		{"N99.md", "Subject: x\n\nx\n", "N99.md: no profile has a notice N99"},
		{"N1.md", "Subject: x\n\nDon\x92t wait \x96 act now.\n", "N1.md:3: the byte 0x92 after 3 characters of the line is not UTF-8; in Windows-1252"},
		{"layout.md", "x\n\xe9{{.Lead}}", "layout.md:2: the byte 0xE9"},
		{"N1.md", "Subject: " + strings.Repeat("x", 158) + "\n\nx\n", "N1.md: the mail's subject is longer than 150 characters"},
		{"N1.md", "Subject: " + strings.Repeat("x", 120) + "\n\nx\n", "N1.md: the mail's subject is longer than 150 characters"},
		{"N1.md", "Subject: x\n\nring \a\n", "N1.md:3: the line holds a control character"},
		{"N1.md", "Subject: x\n\n\u202ereversed\n", "N1.md:3: the line holds a control character"},
		{"N1.md", "Subject: {{printf \"%c\" 7}}\n\nx\n", "N1.md: the mail's subject is empty"},
		{"N1.md", "Subject: {{if .Overdue}}{{index .Items 7}}{{end}}x\n\nx\n", "N1.md:1: "},
		{"N1.md", "Subject: x\n\n{{if not .Asked}}{{template \"command\" (.Answer \"no verb\")}}{{end}}\n", "N1.md:3: "},
		{"N1.md", "Subject: x\n\n{{printf \"%300000d\" 1}}x\n", "N1.md: the mail's text is longer than 256 KiB"},
		{"layout.md", "{{define \"item\"}}{{.What}}{{end}}{{define \"gathered\"}}x{{end}}{{template \"item\" .}}\n{{template \"body\" .}}x",
			"layout.md: the mails do not show .Lead"},
	} {
		dir := copied(t)
		write(t, dir, c.name, c.text)
		found, err := Check(dir)
		require.NoError(t, err)
		var all []string
		for _, f := range found {
			all = append(all, f.String())
		}
		require.Contains(t, strings.Join(all, "\n"), c.want)
		if i%4 == 0 { // the same look, which takes its time
			_, err = Open(dir)
			require.ErrorContains(t, err, c.want)
		}
	}
}

func TestAFolderWithoutOneOfItsTemplatesIsNotUsed(t *testing.T) {
	dir := copied(t)
	require.NoError(t, os.Remove(filepath.Join(dir, "N12.md")))
	_, err := Open(dir)
	require.ErrorContains(t, err, "N12.md: it is missing: Collective judgement recorded")
	require.NoError(t, os.Remove(filepath.Join(dir, "layout.md")))
	_, err = Open(dir)
	require.ErrorContains(t, err, "layout.md: it is missing")
	_, err = Open(filepath.Join(dir, "nowhere"))
	require.Error(t, err)
	// What cannot even be read is said all the same.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "N1.md"), []byte("Subject: x\n\nDon\x92t wait.\n"), 0o600))
	_, err = Open(dir)
	require.ErrorContains(t, err, "layout.md: it is missing")
	require.ErrorContains(t, err, "N1.md:3: the byte 0x92")
}

func TestWhatASecretaryWritesIsWhatIsSent(t *testing.T) {
	dir := copied(t)
	write(t, dir, "N12.md", "Subject: It is decided\r\n\r\nPlease come.\r\n")
	l, err := Open(dir)
	require.NoError(t, err)
	m, err := l.Preview("N12", OnPage)
	require.NoError(t, err)
	require.Equal(t, "[HTR-SAMPLE] It is decided", m.Subject)
	require.Contains(t, m.Text, "\nPlease come.\n")
	require.Contains(t, m.HTML, ">Please come.</p>")
}
