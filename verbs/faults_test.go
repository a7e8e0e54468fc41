package verbs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/verbs"
)

func TestWhatIsWrongIsSaidInASentence(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, row := range []struct{ command, says string }{
		{``, "names no act"},
		{`measures`, "names no act"},
		{`ring --help`, "names no act"},
		{`ring acept`, "did you mean ring accept?"},
		{`triger`, "did you mean trigger?"},
		{`measures place`, "did you mean measures decide --outcome place?"},
		{`assent`, "did you mean plan assent or ring assent?"},
		{`xyzzy`, "'starter --help'"},
		{`ring xyzzy`, "'starter ring --help'"},
		{`__complete r`, "there is no '__complete'"},
		{`help ring`, "there is no 'help'"},
		{`ring accept x`, "belongs to no flag"},
		{`ring accept --by`, "--by needs a party"},
		{`ring accept -by CQC`, "two dashes"},
		{`ring accept --xyzzy x`, "'starter ring accept --help' shows those it has"},
		{`ring accept --prson x`, "did you mean --person?"},
		{`measures decide --on 2013-10-25`, "did you mean --at?"},
		{`summit end --date 2013-10-25`, "did you mean --at?"},
		{`summit open --attended CQC`, "did you mean --present?"},
		{`meeting hold --attending CQC`, "did you mean --present?"},
		{`note add --record x`, "did you mean --what?"},
		{`action decline --why x`, "did you mean --reason?"},
		{`ring accept --for CQC`, "did you mean --by?"},
		{`summit move --at x`, "did you mean summit convene?"},
		{`summit hold`, "did you mean summit open?"},
		{`ring agree`, "did you mean ring accept or ring assent?"},
		{`measures list`, "'show' has it"},
		{`progress --url x`, "'progress' needs a word behind it before its flags: publish"},
		{`summit reply --by CQC --answer attend`, "did you mean attending?"},
		{`action propose --by CQC --what x --owner provider --due 2013-10-01 --aim safeguard`, "did you mean safeguard-patients?"},
		{`ring accept --by CQC --by Monitor`, "--by: it is given twice"},
		{`ring accept --by CQC --again=x`, "takes no value"},
		{`ring accept --by monitr`, "MONITOR  Monitor"},
		{`ring accept --by xyzzy`, "none has a name like it"},
		{`ring accept --by CQC --case a/b`, "no reference of a case"},
		{`ring accept --by CQC --key "a b"`, "no blank"},
		{`summit adjourn --by CQC --until 30/10/2013`, "write 2013-10-25 10:00 (UK time)"},
		{`summit adjourn --by CQC --until 2013-02-30`, "does not exist"},
		{`summit adjourn --by CQC --until 2013-09-12`, "write \"2013-09-12 10:00\""},
		{`meeting hold --by CQC --present CQC --record x --at 2013-09-12`, "no time of day"},
		{`trigger --by CQC --source media --what x --learned 2013-09-12`, "no time of day"},
		{`note add --by CQC --what "patient 943 476 5919"`, "NHS number"},
		{`summit adjourn --by CQC --until 0013-09-10`, "not within"},
		{`summit adjourn --by CQC`, "--until"},
		{`measures decide --by CQC`, "--reason"},
		{`measures decide --by CQC --outcome win --reason x`, "not one of place, decline"},
		{`measures decide --outcome extend --reason x --for x`, "is not a period"},
		{`note add --by CQC --what x --corrects two`, "not a whole number"},
		{`note add --by CQC --what ` + long, "4000 at most"},
		{`note add --by CQC --what "  "`, "--what"},
		{"note add --by CQC --what a\x1bb", "control character"},
		{"note add --by CQC --what a\xffb", "UTF-8"},
		{`note add --what x --by ` + long, "at most 200"},
		{`summit open --by CQC --present CQC,,Monitor`, "a party is needed"},
		{`open --by CQC --reason x --case A-1`, "there is no flag --case for 'open'"},
		{`open --by CQC --reason ` + long, "--reason has"},
		{`open --by CQC --provider RCX`, "--reason"},
		{`open --by CQC --reason x`, "which provider?"},
		{`open --by CQC --reason x --provider king`, "RJZ  King's College"},
		{`open --by CQC --reason x --provider-name X`, "--provider-code, --provider-type, --area"},
		{`open --by CQC --reason x --provider RCX --area Q56`, "from the register"},
		{`open --by CQC --reason x --provider RCX --profile X`, "there are ENGLAND_2013"},
		{`open --by CQC --reason x --provider RCX --also-area CQC`, "is no area team"},
		{`open --by CQC --reason x --provider RCX --lead-ccg Monitor`, "is no single CCG"},
		{`trigger --case A-1 --provider RCX --by CQC --source media --what x`, "say one of them"},
		{`trigger --case A-1 --also-area Q57 --by CQC --source media --what x`, "is there already"},
	} {
		_, err := verbs.Parse(line(row.command), desk)
		if err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%.80s: %.300v; want %q", row.command, err, row.says)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, v := range failure.Verbs() {
		f.Add(strings.Join(line(v.Example), "|"))
	}
	for _, s := range []string{"", "|", "--", "-", "ring|accept|--by|\xff", "__complete|",
		"trigger|--provider=", "note|add|--by|CQC|--text|--role", "note|add|--by|CQC|--text=--role",
		"note|add|--by|CQC|–text|x", "summit|convene|--by|CQC|--at|2013-09-12", "note|add|--by|CQC|--text|943 476 5919",
		"open|--reason|x|--provider-name|\x1b|--provider-code|/|--provider-type|x|--area|Q56|--by|CQC",
		"summit|open|--attending|,,,|--by|CQC", "note|add|--corrects|99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := verbs.Parse(strings.Split(s, "|"), desk)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without a word")
			}
			return
		}
		by := p.Request.By
		if p.Act == nil || p.Case == "" || p.Request.Key == "" || by.For == "" || by.Person == "" {
			t.Errorf("half understood: %+v", p)
		}
		if strings.HasPrefix(by.Person, "--") || strings.HasPrefix(by.Role, "--") {
			t.Errorf("%+v acts", by)
		}
		if err := regime.CheckInput(p.Act); err != nil {
			t.Errorf("what cannot be put in came through: %v", err)
		}
		if _, err := json.Marshal(p.Act); err != nil {
			t.Error(err)
		}
		if p.Opening != nil {
			if _, err := failure.Open(*p.Opening, time.Now()); err != nil {
				t.Errorf("a case that cannot be opened: %v", err)
			}
		}
	})
}

func TestAScenarioHasNoDryRun(t *testing.T) {
	_, err := verbs.Parse([]string{"note", "add", "--case", "K7QM-3XRD", "--by", "CQC", "--person", "A", "--text", "x", "--dry-run"}, verbs.Env{})
	if err == nil || !strings.Contains(err.Error(), "--dry-run has no place here") {
		t.Error(err)
	}
	_, err = verbs.ParseGroup([]string{"acknowledge", "--group", "Q56", "--by", "CQC", "--person", "A", "--dry-run"}, verbs.Env{})
	if err == nil || !strings.Contains(err.Error(), "--dry-run has no place here") {
		t.Error(err)
	}
}
