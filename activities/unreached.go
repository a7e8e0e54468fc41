package activities

import (
	"cmp"
	"slices"

	"holdthering/activities/directory"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// lookUpOthers writes into a batch the other contacts that the directory lists for each party that
// could not be told: by role, and by name where it has one. Addresses stay here, since the person
// who mends the directory has them. So do the names of a provider's people, which would give the
// provider away.
func (s *sending) lookUpOthers() {
	s.batch.Hows = slices.Clone(s.batch.Hows)
	for i := range s.batch.Hows {
		if h := &s.batch.Hows[i]; h.Unreached != (ledger.Mailbox{}) {
			h.Contacts = s.others(h.Unreached)
		}
	}
}

func (s *sending) others(who ledger.Mailbox) []string {
	var out []string
	for _, level := range directory.Ladder {
		c, err := s.Directory.Lookup(who.Party, s.batch.Now, level)
		if err != nil || c.Level != level || regime.Level(level) == who.Level {
			continue
		}
		if who.Party.Body() == regime.ProviderBody {
			c.Person = ""
		}
		out = append(out, cmp.Or(c.Person, "no name is listed")+" ("+string(level)+" contact)")
	}
	return out
}

// asked is the person who was asked to find the contact: the case keeps it with the duty.
func (s *sending) asked(n ledger.Notice, c directory.Contact) string {
	asks := func(h message.How) bool { return h.Notice == n.ID && h.Unreached != (ledger.Mailbox{}) }
	if !slices.ContainsFunc(s.batch.Hows, asks) {
		return ""
	}
	role := string(c.Level) + " contact"
	if c.Person == "" {
		return role
	}
	return c.Person + " (" + role + ")"
}
