package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"holdthering/activities/directory"
	"holdthering/data"
	"holdthering/reference"
	"holdthering/regime"
)

func TestGeneratingTheDirectoryAnewChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.csv")
	if err := run([]string{path}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != data.Directory {
		t.Fatal("data/directory.csv is not what its generator writes: run go generate ./data")
	}
}

func TestTheShippedDirectoryHasNoFaultAndStaysUnderExample(t *testing.T) {
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := directory.FromText(data.Directory)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := regime.ProfileNamed(profile)
	if !ok {
		t.Fatal("there is no profile " + profile)
	}
	expected := directory.Expected{Reference: ref, Profile: p,
		Others: regime.BodiesEver(), Domains: []string{"example"}}
	if findings := directory.Check(d, expected); len(findings) > 0 {
		t.Fatalf("%d findings, the first: %s", len(findings), findings[0])
	}
	if !slices.Contains(d.Seats("lscb/q56"), "LSCB/Q56") {
		t.Fatal("the seat of East Anglia's children board is not listed")
	}
}

func profileBodies(t *testing.T, name string) []regime.BodyRow {
	t.Helper()
	p, ok := regime.ProfileNamed(name)
	if !ok {
		t.Fatal("there is no profile " + name)
	}
	return p.Bodies
}

func TestTheShippedDirectoryHasEveryBodyOf2022(t *testing.T) {
	d, err := directory.FromText(data.Directory)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range profileBodies(t, later) {
		at := regime.PartyOf(b.Code, "EX-ICB1")
		if len(d.Seats(at)) == 0 && len(d.Seats(regime.Party(b.Code))) == 0 &&
			len(d.Seats(regime.PartyOf(b.Code, "Y61"))) == 0 && b.Code != regime.ProviderBody &&
			b.Code != regime.Governors && b.Code != regime.Guest {
			t.Errorf("nobody is listed for %s", b.Code)
		}
	}
}

func TestARunWithoutATargetIsRefused(t *testing.T) {
	if run(nil) == nil {
		t.Fatal("it ran")
	}
}
