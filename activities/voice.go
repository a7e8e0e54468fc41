package activities

import (
	"context"

	"go.temporal.io/sdk/activity"

	"holdthering/activities/directory"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// sendToVoice sends a mail to the body that spoke in confidence: to the contact that is meant, else to its other
// contacts, at once. The case keeps nothing of what became of such a mail, so that nobody is told instead later, and
// nobody is asked to find a contact: both would tell who it is.
func (s *sending) sendToVoice(ctx context.Context, n ledger.Notice, r ledger.Recipient) (sendResults, error) {
	p, _ := regime.ProfileNamed(s.batch.Profile)
	levels := []regime.Level{r.Level}
	if p != nil {
		levels = append(levels, p.Contacts.Order...)
	}
	defer func() { s.another = false }()
	var last sendResults
	tried := map[string]bool{} // by address
	for _, level := range levels {
		at := r
		at.Level = level
		contact, err := s.contact(at)
		if err != nil || tried[contact.Address] {
			continue
		}
		s.another = len(tried) > 0
		tried[contact.Address] = true
		told, err := s.sendTo(ctx, n, r, contact)
		if err != nil {
			return nil, err
		}
		if last = told; !ofMailbox(told[0]) {
			return told, nil
		}
	}
	activity.GetLogger(ctx).Error("A mail to who spoke in confidence reached none of its contacts; the group's supporting team knows who it is",
		"of", s.batch.Ref, "notice", n.ID)
	if last == nil {
		return s.noContact(n, r, directory.Gap{Party: r.Party, Reason: "no contact"}), nil
	}
	return last, nil
}

// ofMailbox reports whether a mail was not taken because of whom it was to, so that another contact may get it.
func ofMailbox(t ledger.SendResult) bool {
	switch t.State {
	case ledger.StateRefused, ledger.StateNoContact:
		return true
	case ledger.StateWaiting:
		return t.About == ledger.MatterPolicy || t.About == ledger.MatterRoute
	}
	return false
}
