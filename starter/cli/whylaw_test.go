package cli_test

import (
	"strings"
	"testing"
)

// What somebody asks of the law without a case is answered with the law of the day, since when it is so, by which source,
// and whether that is confirmed.
func TestWhyAnswersWithTheLawOfTheDayWhatIsAskedOfIt(t *testing.T) {
	o := at(t)
	for ask, says := range map[string][]string{
		`why "1 July 2022"`:                         {"2022-07-01: On 1 July 2022 the law is ENGLAND_2022", "laid down by a source", "UNCONFIRMED"},
		`why 2027-04-01`:                            {"ENGLAND_2026", "it is to take the place of NHS England; no law in force says so, and no day is known"},
		`why MONITOR --on 2026-01-01`:               {"it is no more since 1 July 2022; NHS England stands in its place", "s.33"},
		`why LSAMO --on 2018-01-01`:                 {"it is no more since 1 April 2017, and nobody stands in its place", "SI 2017/321"},
		`why ICB --on 2020-01-01`:                   {"this law does not know it; it begins on 1 July 2022, by ENGLAND_2022"},
		`why UKHSA --on 2021-09-30`:                 {"it begins on 1 October 2021, by ENGLAND_2013"},
		`why HEE --on 2022-10-01`:                   {"until 31 March 2023", "SI 2023/368", "in a local group feeds in"},
		`why SAFEGUARDING_PARTNERS --on 2024-01-01`: {"laid down by a source: Children and Social Work Act 2017"},
		`why NHSCB --on 2026-01-01`:                 {"planned", "Department of Health and Social Care is to take its place", "seat", "required"},
		`why R55 --on 2018-01-01`:                   {"NHS Improvement (in law Monitor) decides on an NHS foundation trust"},
		`why R55 --on 2026-01-01`:                   {"NHS England decides on an NHS trust"},
		`why P-MON-1 --on 2022-10-01`:               {"remarked on", "holds no licence before April 2023"},
		`why P-TDA-5 --on 2023-05-01`:               {"UNCONFIRMED", "it refuses no act and is remarked on (R125)"},
		`why P-PRO-3 --on 2018-01-01`:               {"there is no power P-PRO-3", "SI 2017/321"},
		`why risk-summit --on 2024-01-01`:           {"called intensive", "the members, who agree on it", "it is not confirmed"},
		`why reinspection --on 2019-01-01`:          {"004:L23", "12mo", "R59"},
		`why N69`:                                   {`The mail "A body has ended: who stands in its place"`},
		`why supports-group --on 2014-01-01`:        {"NHS England", "003:L816"},
		`why default-ring-holder --on 2023-01-01`:   {"Integrated care board", "UNCONFIRMED", "by recall"},
		`why nhs-trust --on 2024-01-01`:             {"the Recovery Support Programme", "approves it", "Department of Health and Social Care"},
		`why "NHS Improvement" --on 2018-01-01`:     {"it is no body in law", "since 1 April 2016"},
		`why AGREE_EXIT_CRITERIA --on 2021-08-01`:   {"since 1 July 2021", "[W80]"},
	} {
		a := o.run(line(ask)...)
		out := strings.Join(strings.Fields(a.out), " ")
		for _, s := range says {
			if a.code != 0 || !strings.Contains(out, s) {
				t.Errorf("%s: exit %d, not %q in %s%s", ask, a.code, s, out, a.err)
			}
		}
	}
	for ask, says := range map[string]string{
		`why 2021-13-01`: "does not exist",
		`why NONSENSE`:   "no case",
	} {
		if a := o.run(line(ask)...); a.code == 0 || !strings.Contains(a.err, says) {
			t.Errorf("%s: %+v", ask, a)
		}
	}
}
