package link

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// life is how long a link goes on after what it asks for is due, and after its notice. Ours.
const life = 6 * 7 * 24 * time.Hour

// Issuer makes the links that stand in mails.
type Issuer struct {
	Keys Keys
	// Base is what a link begins with: "https://ring.example/a/".
	Base string
}

// To is the link by which a contact of a party answers a notice, sent to an address. The ref is that of
// the case, or of the group with its scene.
func (i Issuer) To(ref string, n ledger.Notice, p regime.Party, l regime.Level, address string) (string, error) {
	from := n.At
	if n.By.After(from) {
		from = n.By
	}
	text, err := i.Keys.Sign(Link{Ref: ref, Party: p, Level: l, Notice: n.ID, Expires: from.Add(life),
		Mailbox: i.Keys.Mailbox(address)})
	if err != nil {
		return "", err
	}
	return i.Base + text, nil
}
