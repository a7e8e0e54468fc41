package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func TestWhatABodyOwesIsListedOverAllCasesAndGroups(t *testing.T) {
	o := at(t)
	o.must(`trigger --provider RCX --by "NHS England East Anglia" --source qsg-sharing --what "unsafe staffing" --key k1`)
	o.must(`trigger --provider RGP --by Monitor --source qsg-sharing --what "no leadership" --key k2`)
	o.must(`group start --area Q56`)
	o.memory.Pass(2 * time.Hour)
	out := o.must(`owes --by NHSCB/Q56`)
	for _, part := range []string{"convene the risk summit", "group-Q56", "summit convene"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), part) {
			t.Errorf("%q is not in:\n%s", part, out)
		}
	}
	var v struct {
		Owes []struct {
			Ref, Owner string
			Due        time.Time
		}
	}
	if err := json.Unmarshal([]byte(o.must(`owes --by NHSCB --json`)), &v); err != nil {
		t.Fatal(err)
	}
	refs := map[string]bool{}
	for i, one := range v.Owes {
		refs[one.Ref] = true
		if !strings.HasPrefix(one.Owner, "NHSCB") || i > 0 && one.Due.Before(v.Owes[i-1].Due) {
			t.Errorf("%+v", one)
		}
	}
	if len(refs) < 3 {
		t.Errorf("only %v", refs)
	}
	if a := o.run("owes"); a.code != 2 {
		t.Errorf("exit %d", a.code)
	}
}

func TestR105_WhatIsOwedIsListedByRegion(t *testing.T) {
	o := at(t)
	o.must(`trigger --provider RCX --by "NHS England East Anglia" --source qsg-sharing --what "unsafe staffing" --key k1`)
	o.must(`trigger --provider RX6 --by Monitor --source qsg-sharing --what "no leadership" --key k2`)
	o.memory.Pass(2 * time.Hour)
	for _, command := range []string{`owes --region Y55 --json`} {
		out := o.must(command)
		if !strings.Contains(out, "NHSCB/Q56") || strings.Contains(out, "NHSCB/Q49") {
			t.Errorf("%s: %s", command, out)
		}
	}
	if a, b := o.must(`list --owes NHSCB/Q49 --json`), o.must(`owes --by NHSCB/Q49 --json`); a != b || !strings.Contains(a, "convene") {
		t.Errorf("%s and %s", a, b)
	}
	if out := o.must(`owes --by NHSCB/Q56 --region "North of England"`); !strings.Contains(out, "owes nothing") {
		t.Error(out)
	}
	for _, wrong := range []string{`owes --region Q56`, `list --region Nowhere`} {
		if a := o.run(wrong); a.code != 2 {
			t.Errorf("%s: exit %d", wrong, a.code)
		}
	}
}

func TestTheSecretariatSeesWhoAnsweredByWhichWayAndWhoNeverDoes(t *testing.T) {
	o := at(t)
	file := filepath.Join(t.TempDir(), "directory.csv")
	if err := os.WriteFile(file, []byte("party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note,program,telephone\n"+
		"MONITOR,Monitor,duty@monitor.example,,,,,,no,,no,020 7946 0100\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.env["HTR_DIRECTORY"] = file
	o.must(`trigger --provider RCX --by "NHS England East Anglia" --source qsg-sharing --what "unsafe staffing" --key k1`)
	ref := regexp.MustCompile(`[A-Z0-9]{4}-[A-Z0-9]{4}\b`).FindString(o.must(`list --json`))
	s, err := o.memory.Snapshot(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	notice := s.Case.Notices[0].ID
	if _, err := o.memory.Act(t.Context(), ref, ledger.Request{Key: "p", By: ledger.Actor{For: "CQC", Person: "Jo Bloggs",
		Role: "director", Channel: ledger.ChannelPage, Contact: regime.LevelDuty, Notice: notice, Link: "abc"}},
		&failure.AcknowledgeAlert{}); err != nil {
		t.Fatal(err)
	}
	out := o.must(`contacts ` + ref)
	for _, want := range []string{`CQC +duty +1 +1 +0`, `Monitor +duty +1 +0 +0 +NEVER +020 7946`} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	if shown := o.must(`show ` + ref); !strings.Contains(shown, "(page, duty contact)") {
		t.Error(shown)
	}
	if why := o.must(`why ` + ref + ` 2`); !strings.Contains(strings.Join(strings.Fields(why), " "), "page, by the link of the duty contact ("+notice+")") {
		t.Error(why)
	}
	o.must(`link withdraw --case ` + ref + ` --by CQC --to CQC:duty --reason "a shared mailbox"`)
	if out := o.must(`contacts ` + ref + ` --json`); strings.Count(out, `"withdrawn": 1`) != 1 {
		t.Error(out)
	}
	o.must(`group start --area Q56`)
	o.must(`group contacts Q56`)
}
