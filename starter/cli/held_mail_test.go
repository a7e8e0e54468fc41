package cli_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime/ledger"
)

// Where no mail goes, a mail cannot say so: the list and the screen of a case and a group do.
func TestMailsThatAreHeldAreSaidInEveryListAndOnEveryScreen(t *testing.T) {
	o := at(t)
	o.open()
	o.must(`group start --area Q56`)
	for _, command := range []string{"show", "list", "group show Q56", "group list"} {
		if said := o.must(command); strings.Contains(said, "MAILS DO NOT GO") {
			t.Errorf("%s: none is held: %s", command, said)
		}
	}
	o.memory.Pass(time.Minute)
	o.must(`group concern --group Q56 --by CQC --provider RCX --what "unsafe staffing" --source inspection --immediate`)
	o.memory.Mail(ledger.SendResult{State: ledger.StateWaiting, About: ledger.MatterAccount, RetryAfter: time.Minute,
		Note: "status 401", Reason: "no credits \x1b[31mleft", Sign: "status 401"})
	for command, wants := range map[string][]string{
		"show":           {"MAILS DO NOT GO", "refuses the key, the login or the account (status 401", "no credits", "Nothing is lost", "Tried again"},
		"group show Q56": {"MAILS DO NOT GO", "refuses the key, the login or the account (status 401", "no credits", "Nothing is lost"},
		"list":           {"MAILS DO NOT GO: ", "Why is in 'show'"},
		"group list":     {"MAILS DO NOT GO: ", "Q56 (", "Why is in 'group show'"},
	} {
		said := o.must(command)
		for _, want := range wants {
			if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
				t.Errorf("%s does not say %q:\n%s", command, want, said)
			}
		}
		if strings.Contains(said, "\x1b") {
			t.Errorf("%s lets the service write to the terminal: %q", command, said)
		}
	}
	held := asJSON[struct{ MailsHeld ledger.HeldMails }](t, o.must("show --json"))
	if held.MailsHeld.Mails == 0 || held.MailsHeld.About != ledger.MatterAccount {
		t.Errorf("%+v", held)
	}
	o.memory.Pass(2 * time.Minute)
	o.memory.Mail(ledger.SendResult{State: ledger.StateAccepted}) // one tries
	o.memory.Mail(ledger.SendResult{State: ledger.StateAccepted})
	if said := o.must("show") + o.must("group list"); strings.Contains(said, "MAILS DO NOT GO") {
		t.Errorf("it works again: %s", said)
	}
}
