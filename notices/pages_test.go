package notices

import (
	"strings"
	"testing"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// mailTo is the sample of a kind to a recipient, on one line.
func mailTo(t *testing.T, k regime.NoticeKind, r Recipient) (text, html string) {
	t.Helper()
	b, n, err := sample(k)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Shipped().Render(b, n, r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(m.Text), " "), m.HTML
}

func TestWithPagesAMailHasOneLinkAndNoCommand(t *testing.T) {
	for _, k := range everyKind() {
		b, _, err := sample(k)
		if err != nil {
			t.Fatal(err)
		}
		text, html := mailTo(t, k, onAPage())
		want := 0
		if len(b.Hows) > 0 {
			want = 1
		}
		if n := strings.Count(text, sampleLink); n != want {
			t.Errorf("%s has %d links:\n%s", k, n, text)
		}
		if want == 1 && strings.Count(html, `href="`+sampleLink+`"`) != 1 {
			t.Errorf("%s: %s", k, html)
		}
		if strings.Contains(text+html, "starter ") {
			t.Errorf("%s shows a command to who has no program:\n%s", k, text)
		}
		if !strings.Contains(text, "01223 555 0100") {
			t.Errorf("%s does not say how the secretariat is reached", k)
		}
	}
}

func TestWhoHasTheProgramSeesTheCommandAndTheLink(t *testing.T) {
	r := onAPage()
	r.Program = true
	text, _ := mailTo(t, regime.NoticeMonthlyProgress, r)
	for _, part := range []string{sampleLink, "starter measures plan --case HTR-SAMPLE", "starter show HTR-SAMPLE"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s", part, text)
		}
	}
}

func TestWithoutPagesAMailSaysHowTheSecretariatIsReached(t *testing.T) {
	text, html := mailTo(t, regime.NoticeMonthlyProgress, reached())
	if !strings.Contains(text, "To answer, please contact the secretariat: Regional team, telephone 01223 555 0100, "+
		"secretariat@england.example.") || strings.Contains(text+html, "starter ") {
		t.Error(text)
	}
}

func TestWhereNothingIsSaidNobodyIsShownACommand(t *testing.T) {
	r := Recipient{Party: sampleParty, Levels: []regime.Level{regime.LevelDuty}, ReplyTo: "ring@england.example"}
	text, html := mailTo(t, regime.NoticeMonthlyProgress, r)
	if !strings.Contains(text, "To answer, please contact the secretariat. A reply to this mail goes there too, to "+
		"ring@england.example; the secretariat records your answer.") || strings.Contains(text+html, "starter ") {
		t.Error(text)
	}
}

func TestAMailOfSeveralNoticesHasALinkForEach(t *testing.T) {
	var all message.Batch
	var parts []Part
	for _, k := range []regime.NoticeKind{regime.NoticeResponseMeeting, regime.NoticeMonthlyProgress} {
		b, n, err := sample(k)
		if err != nil {
			t.Fatal(err)
		}
		n.ID = string(k)
		all.Ref, all.Profile, all.Now, all.Names = b.Ref, b.Profile, b.Now, b.Names
		all.Hows = append(all.Hows, message.How{Notice: n.ID, Ask: b.Hows[0].Ask})
		parts = append(parts, Part{n, []regime.Level{regime.LevelDuty}})
	}
	r := reached()
	r.Link = func(n ledger.Notice, _ regime.Level) string { return "https://pages.example/a/" + n.ID }
	m, err := Shipped().Gather(all, parts, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if strings.Count(m.Text, "https://pages.example/a/"+p.Notice.ID) != 1 {
			t.Errorf("%s:\n%s", p.Notice.ID, m.Text)
		}
	}
}

func TestHowTheSecretariatIsReachedIsReadOrRefused(t *testing.T) {
	for text, ok := range map[string]bool{
		"": true, "Team; 01223 555 0100; a@b.example": true, "Team;;a@b.example": true, "Team; +44 1223 555 0100;": true,
		"Team": false, ";1;a@b.example": false, "Team;;": false, "Team; ring me; a@b.example": false,
		"Team; 1; not a mailbox": false, "Te\nam; 1; a@b.example": false, "a;b;c;d": false,
		strings.Repeat("x", 101) + ";1;": false,
	} {
		if _, err := ParseSecretariat(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
