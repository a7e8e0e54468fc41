package regime

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestAnNHSNumberIsFoundHoweverItIsWritten(t *testing.T) {
	for _, s := range []string{"9434765919", "943 476 5919", "943-476-5919", "943.476.5919", "943\u00b7476\u00b75919", "943\u2212476\u22125919", "943\u00a0476\u00a05919",
		"943\u2013476\u20135919", "943 - 476 - 5919", "943\n476 5919", "943 476-5919", "9434 765 919", "94 34 76 59 19",
		"9 4 3 4 7 6 5 9 1 9", "9434765 919", "NHS no.9434765919", "NHS9434765919", "(943 476 5919)", "943 476 5919.", "scan_943_476_5919.pdf", "9434765919_x",
		"patient 943 476 5919, ward 3", "12 patients: 943 476 5919", "9\u200b434765919", "\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19",
		"4010232137", "9434765919 9434765919", "bed 12 943 476 5919", "943 476 5919 401 023 2137", "and 401 023 2137"} {
		if patientNumber("x "+s) == "" || patientNumber(s+"\n") == "" {
			t.Errorf("%q was not found", s)
		}
		if err := CheckText("--what", s); err == nil || !strings.Contains(err.Error(), "NHS number") {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestOtherNumbersAreNone(t *testing.T) {
	for _, s := range []string{"9434765918", "943 476 5910", "01223 245151", "020 7946 0000", "+44 20 7946 0000", "+44 943 476 5919", "1-943476591",
		"94347659190", "943476591", "2013-09-12 10:00", "2013-10-25 10:00 and 2013-10-26 11:00", "9434765919a", "943/4765919", "943--476--5919",
		"94347/65919", "£9,434,765,919", "0000000000", "3 of 12 in 2013 and 2014", "1-2-3-4-5-6-7-8-9-0-1"} {
		if found := patientNumber(s); found != "" {
			t.Errorf("%q was taken for %q", s, found)
		}
	}
	// No date with its hour, of any day, is taken for one.
	for d := range 20000 {
		on := time.Date(1990, 1, 1+d, d%24, 0, 0, 0, time.UTC)
		for _, form := range []string{"2006-01-02 15:04", "20060102 15:04", "2006-01-02 15h", "02/01/2006 15:04"} {
			if s := on.Format(form); patientNumber(s) != "" {
				t.Fatalf("%q", s)
			}
		}
	}
}

// The hint how to write another number is one that is taken.
func TestWhatIsNoPatientsNumberIsTakenAsTheRefusalSays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for range 20000 {
		s := fmt.Sprintf("%010d", r.Int64N(1e10))
		s = []string{s, s[:3] + " " + s[3:6] + " " + s[6:], s[:5] + "-" + s[5:], strings.Join(strings.Split(s,
			""), " ")}[r.IntN(4)]
		if CheckText("x", s) == nil {
			continue
		}
		refused++
		if err := CheckText("x", stroked(s)); err != nil {
			t.Fatalf("%q, written as %q: %v", s, stroked(s), err)
		}
	}
	for _, s := range []string{"９４３４７６５９１９", "９４３ 476 5919"} {
		if err := CheckText("x", stroked(s)); stroked(s) == s || err != nil || CheckText("x", s) == nil {
			t.Errorf("%q, written as %q: %v", s, stroked(s), err)
		}
	}
	if refused < 1200 || refused > 2400 { // one in eleven
		t.Fatalf("%d of 20000 were refused", refused)
	}
}

func FuzzPatientNumber(f *testing.F) {
	for _, s := range []string{"943 476 5919", "943 - 476 -- 5919", "9\u200b4", "- - 9", "2013-09-12 10:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		found := patientNumber(s)
		digits := 0
		for _, r := range found {
			if digit(r) >= 0 {
				digits++
			}
		}
		if found != "" && digits != nhsDigits {
			t.Fatalf("%q in %q", found, s)
		}
	})
}
