package pages

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

const (
	// renewQuery is what a page that opens nothing posts to, at its own address, so that it is the same page
	// for every link.
	renewQuery = "new"
	// renewYes is the choice that a person makes there.
	renewYes = "yes"
	// mostRenewals are on their way at once; what comes beyond is not done, and answered alike.
	mostRenewals = 16
)

// renew takes the wish for a new link. It is answered at once and alike for every link, good, dead or made
// up; what can be done is done behind it: a mail to the contact that the directory lists now.
func (p *Pages) renew(w http.ResponseWriter, r *http.Request) {
	typed, status := posted(r)
	if status != 0 || typed.Get(renewQuery) != renewYes {
		p.write(w, http.StatusUnprocessableEntity, "dead", page{Title: "Error: This link does not open anything",
			Says: "Choose to have a new link sent."})
		return
	}
	rest := strings.TrimPrefix(r.URL.Path, Path)
	text, _, _ := strings.Cut(rest, "/")
	if l, err := p.Keys.Open(text); err == nil {
		select {
		case p.renewals <- struct{}{}:
			ctx := context.WithoutCancel(r.Context())
			p.renewing.Go(func() {
				defer func() { <-p.renewals }()
				p.sendNew(ctx, l)
			})
		default:
			p.Log.Warn("A new link was asked for and not sent: too many at once", "link", l.ID)
		}
	}
	p.write(w, http.StatusOK, "renewed", page{Title: "If this link was ours, a new one is on its way"})
}

// sendNew has the case or group send a new link, if the link was ever sent to the party.
func (p *Pages) sendNew(ctx context.Context, l link.Link) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	f, err := p.fetch(ctx, l.Ref)
	if err != nil {
		return
	}
	was := slices.ContainsFunc(f.ledger.Notices, func(n ledger.Notice) bool {
		return n.ID == l.Notice && slices.Contains(ledger.PartiesOf(n.To), l.Party)
	})
	if !was {
		return
	}
	to := ledger.Mailbox{Party: l.Party, Level: l.Level}.String()
	req := ledger.Request{Key: "page/" + l.ID + "/" + newKey(), By: ledger.Actor{For: l.Party,
		Person: "whoever holds a link that has ended", Channel: ledger.ChannelPage, Link: l.ID}}
	if f.group != nil {
		_, err = p.Cases.ActInGroup(ctx, strings.TrimPrefix(l.Ref, groupPrefix), req,
			&surveillance.SendGroupLink{To: to, Notice: l.Notice})
	} else {
		_, err = p.Cases.Act(ctx, l.Ref, req, &failure.SendLink{To: to, Notice: l.Notice})
	}
	if err != nil && regime.RefusedBy(err) == "" {
		p.Log.Info("No new link was sent", "link", l.ID)
	}
	p.known.forget(l.Ref)
}
