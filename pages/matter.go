package pages

import (
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// matter is what a question is about, in the words of who put it: the action that the body is to accept, the request
// that it is to answer. It is shown to the body alone of which it is asked; what was told in confidence has been cut
// out before.
func (b bearer) matter(subject string) []line {
	var out []line
	subject, _, _ = strings.Cut(subject, "|")
	for _, id := range strings.Split(subject, "/") {
		if b.group != nil {
			out = append(out, b.inGroup(id)...)
		} else {
			out = append(out, b.inCase(id, subject)...)
		}
	}
	return out
}

func (b bearer) action(a ledger.Action) []line {
	if a.Owner != b.Party {
		return nil
	}
	says := words.Full(upper(a.What))
	if a.Proposer != "" && a.Proposer != a.Owner {
		says += " Proposed by " + b.name(a.Proposer) + "."
	}
	return []line{{"Action " + a.ID, says + " Due " + calendar.Instant(a.Due) + "."}}
}

func (b bearer) inGroup(id string) []line {
	for _, a := range b.group.Actions {
		if a.ID == id {
			return b.action(a.Action)
		}
	}
	for _, c := range b.group.Concerns {
		if c.ID == id && b.atTable(b.Party) && !surveillance.Unnamed(c.By.For) {
			name := c.ProviderName
			for _, w := range b.group.Watched {
				if w.Code == c.Provider {
					name = w.Name
				}
			}
			return []line{{"Concern " + c.ID + strings.TrimRight(", "+name, ", "), upper(words.Full(c.What))}}
		}
	}
	return nil
}

// inCase finds a numbered thing of a case by its id; the whole subject of a warning's requirement is "W1/2".
func (b bearer) inCase(id, subject string) []line {
	c := b.failure
	for _, a := range c.Actions {
		if a.ID == id {
			return b.action(a.Action)
		}
	}
	for _, r := range c.Impacts {
		if r.ID == id && slices.Contains(r.Asked, b.Party) {
			return []line{{c.InspectorName() + " considers (" + id + ")", upper(words.Full(r.Considers))}}
		}
	}
	for _, r := range c.Requests {
		if r.ID == id && r.To == b.Party {
			return []line{{b.name(r.By.For) + " asks (" + id + ")", upper(words.Full(r.What))}}
		}
	}
	for _, d := range c.Differences {
		if d.ID == id && slices.Contains(d.Between, b.Party) {
			return []line{{"The difference (" + id + ")", upper(words.Full(d.Subject))}}
		}
	}
	for _, r := range c.MeetingRequests {
		if r.ID == id && b.atTable(b.Party) {
			return []line{{b.name(r.By.For) + " asks for a meeting (" + id + ")", upper(words.Full(r.Reason))}}
		}
	}
	for _, v := range c.Reviews {
		if v.By.For != b.Party {
			continue
		}
		if v.ID == id {
			return []line{{"Review " + id + ", by " + v.Of, upper(words.Full(v.What))}}
		}
		for _, r := range v.Recommendations {
			if r.ID == id {
				return []line{{"Recommendation " + id, upper(words.Full(r.What))}}
			}
		}
	}
	for _, n := range c.Concerns {
		if n.ID == id && n.By.For == b.Party {
			return []line{{"Concern " + id + " of " + b.name(b.Party), upper(words.Full(n.What))}}
		}
	}
	return b.warned(id, subject)
}

// warned is what a warning notice requires, for the provider and for who served it.
func (b bearer) warned(id, subject string) []line {
	for _, w := range b.failure.Warnings {
		if w.ID != id || b.Party.Body() != regime.ProviderBody && w.By.For != b.Party {
			continue
		}
		var out []line
		for _, r := range w.Requirements {
			n := strconv.Itoa(r.N)
			if subject == id || subject == id+"/"+n {
				out = append(out, line{"Requirement " + n + " of warning notice " + id,
					upper(words.Full(r.What)) + " By " + calendar.Instant(r.Due) + "."})
			}
		}
		return out
	}
	return nil
}

// proposed are those of whom it is asked whether they hold the ring, for the members who are asked to assent.
func (b bearer) proposed(list []answer) []line {
	ring := func(a answer) bool { return strings.HasPrefix(a.Path, "ring ") }
	if b.failure == nil || !b.atTable(b.Party) || !slices.ContainsFunc(list, ring) {
		return nil
	}
	var out []line
	for _, k := range b.failure.Ring.Candidates {
		says := "Proposed by " + b.name(k.By)
		if k.Accepted {
			says += "; accepts"
		}
		var assent []string
		for _, p := range k.Assents {
			assent = append(assent, b.name(p))
		}
		if len(assent) > 0 {
			says += "; " + words.List(assent) + " assent"
		}
		out = append(out, line{b.name(k.Party), says + "."})
	}
	return out
}

// agenda are the providers that the group's next meeting has before it, for the members who are asked to send what they
// know of them.
func (b bearer) agenda(list []answer) []line {
	pack := func(a answer) bool { return a.Path == "group pack" }
	if b.group == nil || !b.atTable(b.Party) || !slices.ContainsFunc(list, pack) {
		return nil
	}
	var names []string
	for _, code := range b.group.ToConsider(b.now) {
		at := slices.IndexFunc(b.group.Watched, func(w surveillance.Watched) bool { return w.Code == code })
		if at < 0 {
			names = append(names, code)
			continue
		}
		names = append(names, b.group.Watched[at].Name)
	}
	if len(names) == 0 {
		return nil
	}
	return []line{{"On the agenda", strings.Join(names, "\n")}}
}

// subject is what the link's notice is about: that of its duty, or what it tells can still be objected to, "K1/M2".
func (b bearer) subject() string {
	if d := b.duty(b.notice.Enters()); d != nil {
		return d.Subject
	}
	for _, a := range b.ledger.Agreements {
		if a.Until.Equal(b.notice.By) && slices.Contains(a.Told, b.Party) && strings.Contains(b.notice.Text, "("+a.ID+")") {
			return a.Of + "/" + a.ID
		}
	}
	return ""
}
