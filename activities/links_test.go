package activities_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/message"
	"holdthering/notices"
	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

var linkIn = regexp.MustCompile(`https://ring\.example/a/(\S+)`)

func TestAMailHasTheLinkOfItsOwnContact(t *testing.T) {
	d := newFixture(t)
	sent := &script{}
	d.channel = sent
	keys, err := link.Parse(strings.Repeat("5a", 32))
	require.NoError(t, err)
	d.links = &link.Issuer{Keys: keys, Base: "https://ring.example/a/"}
	d.send(batch("CQC", "TDA"))
	require.Len(t, sent.sent, 2)
	found := linkIn.FindStringSubmatch(sent.sent[0].Text)
	require.NotNil(t, found, sent.sent[0].Text)
	l, err := keys.Open(found[1])
	require.NoError(t, err)
	require.Equal(t, "K7QM-3XRD CQC duty n1", strings.Join([]string{l.Ref, string(l.Party), string(l.Level), l.Notice}, " "))
	require.True(t, keys.SentTo(l, "duty@cqc.example"))
	require.NoError(t, l.Live(arose))
	require.NotContains(t, sent.sent[0].Text+sent.sent[0].HTML, "starter ")
	require.NotContains(t, sent.sent[1].Text, "ring.example/a/", "nothing is asked of the other")
	again := &script{}
	d.channel = again
	d.send(batch("CQC"))
	require.Equal(t, sent.sent[0].Text, again.sent[0].Text, "the same mail has the same link")
}

func TestWithoutPagesAMailSaysHowTheSecretariatIsReached(t *testing.T) {
	d := newFixture(t)
	sent := &script{}
	d.channel = sent
	d.reach = notices.Secretariat{Name: "Regional team", Telephone: "01223 555 0100"}
	d.send(batch("CQC"))
	require.Contains(t, strings.Join(strings.Fields(sent.sent[0].Text), " "),
		"To answer, please contact the secretariat: Regional team, telephone 01223 555 0100.")
	require.NotContains(t, sent.sent[0].Text, "starter ")
}

func TestR110_AGuestGetsItsMailAtItsOwnContactWithItsLinkAndNobodyElseDoes(t *testing.T) {
	d := newFixture(t)
	sent := &script{}
	d.channel = sent
	keys, err := link.Parse(strings.Repeat("5a", 32))
	require.NoError(t, err)
	d.links = &link.Issuer{Keys: keys, Base: "https://ring.example/a/"}
	const guest = regime.Party("GUEST/G1")
	b := batch("CQC", guest)
	b.Guests = []message.Guest{{Party: guest, Contact: "duty@fire.example"}}
	b.Names[1].Name = "Fire and rescue service"
	b.Hows[0].Of = []regime.Party{guest}
	b.Hows[0].How = "guest answer"
	d.send(b)
	require.Len(t, sent.sent, 2)
	mail := sent.sent[1]
	require.Equal(t, "duty@fire.example", mail.To.Email)
	found := linkIn.FindStringSubmatch(mail.Text)
	require.NotNil(t, found, mail.Text)
	l, err := keys.Open(found[1])
	require.NoError(t, err)
	require.Equal(t, guest, l.Party)
	require.True(t, keys.SentTo(l, "duty@fire.example"))
	require.NotContains(t, sent.sent[0].Text+sent.sent[0].HTML, "duty@fire.example")

	b.Guests = nil // the contact was never given, or its part has ended
	d.channel = &script{}
	r := d.send(b)
	require.Equal(t, ledger.StateNoContact, r.Results[1].State)
}
