package surveillancetest

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"testing"
)

// What a group carries is bounded, however long it watches, and all that it was told is kept.
func TestAGroupOfTenYearsCarriesNoMoreThanOneOfFive(t *testing.T) {
	const most = 200_000
	var raw, packed []int
	whole, err := Years(10, func(y Year) {
		state, err := json.Marshal(y.Group)
		if err != nil {
			t.Fatal(err)
		}
		raw, packed = append(raw, len(state)), append(packed, squeezed(t, state))
		t.Logf("year %2d: %6d bytes carried, %6d unfolded; %8d in the register in %3d parts; %5d acts", y.N, packed[y.N-1], raw[y.N-1], y.Left, y.Parts, y.Acts)
	})
	if err != nil {
		t.Fatal(err)
	}
	if packed[9] > most {
		t.Errorf("%d bytes are carried after ten years, more than %d", packed[9], most)
	}
	if raw[9] > raw[4]+raw[4]/10 || packed[9] > packed[4]+packed[4]/20 {
		t.Errorf("what is carried grew from %d to %d bytes in the last five years, unfolded from %d to %d", packed[4], packed[9], raw[4], raw[9])
	}
	pages := 0
	for _, m := range whole.Meetings {
		pages += len(m.Packs)
	}
	last, _ := whole.LastMeeting()
	if last.N < 115 || pages < last.N*15 || len(whole.Concerns) < 4*last.N || whole.LastEntry != len(whole.Entries) {
		t.Errorf("%d meetings with %d pages, %d concerns, %d of %d entries", last.N, pages, len(whole.Concerns), len(whole.Entries), whole.LastEntry)
	}
}

// squeezed is about what is left of a state when it is made smaller to be sealed.
func squeezed(t *testing.T, raw []byte) int {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(raw)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
