package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/outbox"
	"holdthering/erasure"
)

// quietly takes the case to its closing: a summit that finds no failure.
func (o *office) quietly() {
	o.t.Helper()
	at := func(d time.Duration) string { return o.memory.Now().Add(d).Format("2006-01-02 15:04") }
	o.must(`summit convene --by "NHS England" --at "` + at(48*time.Hour) + `"`)
	o.memory.Pass(48 * time.Hour)
	o.must(`summit open --by "NHS England" --present CQC,TDA,CCG`)
	o.memory.Pass(time.Hour)
	o.must(`summit end --by "NHS England" --record "The nights were covered"`)
	o.must(`judgement collective --by "NHS England" --value no-failure --reason "Nothing further is wanted"`)
	o.must(`standards answer --by "NHS England" --answer no --reason "Supervision was there"`)
	o.must(`judgement regulatory --by CQC --value no-material-breach --evidence "Rotas and interviews"`)
	o.must(`letter send --by "NHS England"`)
	o.must(`level set --by CCG --level routine --reason "Looked at again later" --next-review "` + at(60*24*time.Hour) + `" --evidence "The rota"`)
	o.memory.Pass(8 * 24 * time.Hour)
	o.must(`case propose-closing --by "NHS England" --lessons "Ask for the rota as it was worked"`)
	o.memory.Pass(4 * 24 * time.Hour)
	o.must(`case close --by "NHS England"`)
}

func TestACaseWhoseTimeIsOverIsErasedOnRecordAndAnOpenOneIsNot(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	records, out := filepath.Join(t.TempDir(), "records"), filepath.Join(t.TempDir(), "outbox")
	o.env["HTR_RECORDS"], o.env["HTR_OUTBOX"], o.env["HTR_ROLE"] = records, out, "records manager"
	require.NoError(t, os.MkdirAll(records, 0o700))
	for name, text := range map[string]string{ref + ".json": `{"case":{"stage":"CLOSED"}}`, ref + ".md": "QZXMARK", ref + ".register": "x\n",
		"OTHR-OTHR.md": "kept"} {
		require.NoError(t, os.WriteFile(filepath.Join(records, name), []byte(text), 0o600))
	}
	box, err := outbox.New(out)
	require.NoError(t, err)
	for id, of := range map[string]string{"n1": ref, "n2": "OTHR-OTHR"} {
		m := mailtest.Message(id)
		m.CaseRef = of
		require.Equal(t, mail.Accepted, box.Send(t.Context(), m).Outcome)
	}
	there := func() string {
		var names []string
		for _, dir := range []string{records, out} {
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			for _, e := range entries {
				names = append(names, e.Name())
			}
		}
		return strings.Join(names, " ")
	}
	before := there()
	command := "record erase " + ref + ` --reason "twenty years since closing"`
	if a := o.run(line(command + " --yes")...); a.code != 2 || !strings.Contains(a.err, "has not been closed") {
		t.Errorf("an open case: exit %d, %s", a.code, a.err)
	}
	o.quietly()
	if a := o.run("record", "erase", ref, "--yes"); a.code != 2 || !strings.Contains(a.err, "--reason is missing") {
		t.Errorf("without a reason: exit %d, %s", a.code, a.err)
	}
	has(t, o.must(command), "Nothing has been deleted", ref+".register", "1 mail")
	require.Equal(t, before, there())

	has(t, o.must(command+" --yes"), "is deleted", ref+".md", "1 mail in the outbox", "1 run at the server")
	require.NotContains(t, there(), ref)
	require.Contains(t, there(), "OTHR-OTHR.md")
	mails, err := outbox.List(out)
	require.NoError(t, err)
	require.Len(t, mails, 1)
	lacks(t, o.must("list --ended"), ref)
	log, err := erasure.Places{Records: records}.Log()
	require.NoError(t, err)
	require.Len(t, log, 2, "what was about to be erased, and that it was")
	for i, e := range log {
		require.Equal(t, []any{ref, "A. Tester", "records manager", "twenty years since closing", 3, 1, i == 1},
			[]any{e.Case, e.Person, e.Role, e.Reason, len(e.Files), e.Mails, e.Done})
	}
	require.Equal(t, 1, log[1].Runs)
	require.NotContains(t, readFile(t, filepath.Join(records, erasure.LogFile)), "QZXMARK")
	if a := o.run(line(command + " --yes")...); a.code != 2 || !strings.Contains(a.err, "here is nothing of case") {
		t.Errorf("again: exit %d, %s", a.code, a.err)
	}
}

// A server that does not know the case may be the wrong one: the record must say that it was closed.
func TestWhatNoServerKnowsIsErasedOnlyWhereItsRecordSaysThatItWasClosed(t *testing.T) {
	o := at(t)
	records := t.TempDir()
	o.env["HTR_RECORDS"], o.env["HTR_OUTBOX"] = records, filepath.Join(records, "none")
	file := filepath.Join(records, "K7QM-3XRD.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"case":{"stage":"MONITORING"}}`), 0o600))
	a := o.run("record", "erase", "K7QM-3XRD", "--reason", "x", "--yes")
	require.Equal(t, 2, a.code)
	require.Contains(t, a.err, "Is it the right server?")
	require.FileExists(t, file)
	require.NoError(t, os.WriteFile(file, []byte(`{"case":{"stage":"CLOSED"}}`), 0o600))
	o.must("record erase K7QM-3XRD --reason x --yes")
	require.NoFileExists(t, file)
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(raw)
}
