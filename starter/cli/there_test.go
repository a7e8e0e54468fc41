package cli_test

import (
	"strings"
	"testing"

	"holdthering/verbs"
)

// responding is a case in which actions are proposed.
func responding(t *testing.T) *office {
	o := at(t)
	o.open()
	o.must(`summit convene --by "NHS England" --at "2013-09-10 10:00" --yes`)
	o.must(`summit open --by "NHS England" --present CQC,Monitor --early "All were there"`)
	o.must(`summit end --by "NHS England"`)
	o.must(`judgement collective --by "NHS England" --value "actual failure"`)
	o.must(`ring propose --by CQC --candidate "NHS England"`)
	for _, body := range []string{"CQC", "Monitor"} {
		o.must(`action propose --by "NHS England" --owner ` + body + ` --aim safeguard-patients --due 2013-09-20 --what "Nights of ` + body + `"`)
	}
	return o
}

func TestANumberThatIsMissingOrWrongIsAnsweredWithThoseThatAreThere(t *testing.T) {
	o := at(t)
	o.open()
	none := o.run(line(`action accept --by CQC --action A1`)...)
	if none.code != 2 || !strings.Contains(none.err, `There is no action "A1"`) || !strings.Contains(none.err, "There is none yet.") {
		t.Errorf("%+v", none)
	}
	o = responding(t)
	for command, wanted := range map[string]string{
		`action accept --by CQC`:              "still needs",
		`action accept --by CQC --action A9`:  `There is no action "A9"`,
		`action accept --by CQC --action a77`: "There are:",
	} {
		a := o.run(line(command)...)
		if a.code != 2 || !strings.Contains(a.err, wanted) || !strings.Contains(a.err, "A1  ") || !strings.Contains(a.err, "A2  ") {
			t.Errorf("%s: %+v", command, a)
		}
	}
	o.must(`action accept --by CQC --action 1`)
	asked := o.talked(true)
	o.stdin = "2\n"
	if a := o.run(line(`action accept --by Monitor`)...); a.code != 0 || !strings.Contains(a.err, "A2  ") || len(*asked) > 0 {
		t.Errorf("%+v", a)
	}
}

func TestAReferenceIsFoundInWhateverWasPasted(t *testing.T) {
	for _, text := range []string{"K7QM-3XRD", "k7qm3xrd", "[K7QM-3XRD]", "case K7QM-3XRD", "case-K7QM-3XRD", "case-RCX-K7QM-3XRD", "Case-rcxj-k7qm-3xrd",
		"rcx-k7qm-3xrd", "http://127.0.0.1:8233/namespaces/holdthering/workflows/case-RCXJ-K7QM-3XRD/019a-cd34-9f67-8346-734398/history",
		"Re: [K7QM-3XRD] Risk summit triggered", "https://desk.example/case/K7QM-3XRD#owed", "records/K7QM-3XRD.register",
		"K7QM\u20133XRD", "Fwd: RE: [K7QM-3XRD] 3 notices: Judgement"} {
		if ref, err := verbs.CaseRef(text); err != nil || ref != "K7QM-3XRD" {
			t.Errorf("%q: %q, %v", text, ref, err)
		}
	}
	for _, text := range []string{"[K7QM-3XRD] and [K7QM-3XRC]", "case-RCX-K7QM-3XRD, case-RGP-K7QM-3XRC", "no reference at all", "https://desk.example/"} {
		if ref, err := verbs.CaseRef(text); err == nil {
			t.Errorf("%q is taken for %q", text, ref)
		}
	}
	if ref, err := verbs.CaseRef("EX-FT1"); err != nil || ref != "EX-FT1" {
		t.Errorf("one that was given by hand: %q, %v", ref, err)
	}
}

func TestWhatABodyOwesIsAskedByItsNameAlone(t *testing.T) {
	o := at(t)
	o.open()
	has(t, o.must(`owes NHSCB/Q56`), "summit")
	if a := o.run(line(`owes CQC --by CQC`)...); a.code != 2 || !strings.Contains(a.err, "not both") {
		t.Errorf("%+v", a)
	}
}
