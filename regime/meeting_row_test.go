package regime

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// aboutIt are words that speak of the reader as of somebody else.
var aboutIt = regexp.MustCompile(`\b(its|whom|itself)\b`)

func TestWhatADutyAsksIsSaidToItsOwner(t *testing.T) {
	for _, p := range Profiles() {
		for _, d := range p.Duties {
			asks := d.Asks
			if asks == "" {
				asks = d.Says
			}
			allowed := strings.NewReplacer("cancel its registration", "", "that it is not yet determined", "",
				"acknowledged that it holds", "", "to its end", "").Replace(asks)
			if aboutIt.MatchString(allowed) {
				t.Errorf("%s of %s: %q", d.Kind, p.Name, asks)
			}
			if strings.Contains(asks, ", ") && len(d.Ladder) > 0 && !strings.HasSuffix(asks, ",") && d.Asks == "" {
				t.Errorf("%s of %s: a comma before the time is missing: %q", d.Kind, p.Name, asks)
			}
			for _, r := range d.Ladder {
				if r.Asks == "" && r.Of != "" || aboutIt.MatchString(r.Asks) {
					t.Errorf("%s of %s: rung %+v", d.Kind, p.Name, r)
				}
			}
			if d.Meeting != nil && (d.Meeting.Title == "" || !strings.HasSuffix(asks, " {on}")) {
				t.Errorf("%s of %s is a meeting: %q", d.Kind, p.Name, asks)
			}
		}
	}
}

func TestWhereAProfileSaysADutyOtherwiseItAsksForItOtherwise(t *testing.T) {
	base, _ := ProfileNamed("ENGLAND_2013")
	for _, p := range Profiles()[1:] {
		for _, d := range p.Duties {
			if old, ok := base.Duty(d.Kind); ok && d.Says != inWordsOf(p, old.Says) && d.Asks != "" && d.Asks == old.Asks {
				t.Errorf("%s of %s says %q and asks %q", d.Kind, p.Name, d.Says, d.Asks)
			}
		}
	}
}

// inWordsOf puts the words of a profile into a text of its base.
func inWordsOf(p *Profile, text string) string {
	row := object{"says": quoted(text)}
	respell(row, speller(p.Words))
	var out string
	_ = json.Unmarshal(row["says"], &out)
	return out
}
