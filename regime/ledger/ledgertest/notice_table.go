package ledgertest

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// NoticeRow is one way in which a notice comes about.
type NoticeRow struct {
	Kind regime.NoticeKind
	What string
	Play func(t *testing.T) Mailing
	Want []string
}

// Mailing is a case or a group whose mails are looked at.
type Mailing struct {
	Notices []ledger.Notice
	Members []regime.Party
}

// Lines lists when each notice of a kind arose, after the first, and who was told.
func (t Mailing) Lines(k regime.NoticeKind) []string {
	var out []string
	var first time.Time
	for _, n := range t.Notices {
		if n.Kind != k {
			continue
		}
		if first.IsZero() {
			first = n.At
		}
		out = append(out, after(n.At.Sub(first))+": "+t.Recipients(n.To))
	}
	return out
}

// after is a distance as the table has it: "0h", "20h", "3d", "7d+1h".
func after(d time.Duration) string {
	h := int(d.Hours())
	switch {
	case h < 48 && d%time.Hour != 0:
		return d.String()
	case h < 48:
		return strconv.Itoa(h) + "h"
	case h%24 == 0:
		return strconv.Itoa(h/24) + "d"
	}
	return strconv.Itoa(h/24) + "d+" + strconv.Itoa(h%24) + "h"
}

// Recipients puts those of one level together, and calls the members by that word also where
// some of them are left out.
func (t Mailing) Recipients(rs []ledger.Recipient) string {
	var out []string
	for _, l := range []regime.Level{regime.LevelDuty, regime.LevelLead, regime.LevelDeputy, regime.LevelExecutive} {
		var ps []regime.Party
		for _, r := range rs {
			if r.Level == l {
				ps = append(ps, r.Party)
			}
		}
		words := t.parties(ps)
		if l != regime.LevelDuty && words != "" {
			words = string(l) + " of " + words
		}
		if words != "" {
			out = append(out, words)
		}
	}
	return strings.Join(out, "; ")
}

func (t Mailing) parties(ps []regime.Party) string {
	var out, missing, others []string
	for _, p := range t.Members {
		if !slices.Contains(ps, p) {
			missing = append(missing, strings.TrimSuffix(string(p), "/Q56"))
		}
	}
	many := len(ps) > 4 && len(missing) < 4
	for _, p := range ps {
		if !many || !slices.Contains(t.Members, p) {
			others = append(others, strings.TrimSuffix(string(p), "/Q56"))
		}
	}
	if many {
		out = append(out, "members")
		if len(missing) > 0 {
			out[0] += " but " + strings.Join(missing, ", ")
		}
	}
	return strings.Join(append(out, others...), ", ")
}

// CheckNotices plays each row and compares who was told, and when.
func CheckNotices[R ~struct {
	Kind regime.NoticeKind
	What string
	Play func(t *testing.T) Mailing
	Want []string
}](t *testing.T, rows []R) {
	t.Helper()
	for _, row := range rows {
		row := NoticeRow(row)
		if got := row.Play(t).Lines(row.Kind); !slices.Equal(got, row.Want) {
			t.Errorf("%s, %s:\ngot\n\t%s\nwant\n\t%s", row.Kind, row.What, strings.Join(got, "\n\t"),
				strings.Join(row.Want, "\n\t"))
		}
	}
}
