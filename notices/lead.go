package notices

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// nothingAsked is the first sentence of a mail that asks nothing.
const nothingAsked = "You do not need to do anything."

// ask fills in what a notice asks of the reader: the first sentence, and the commands.
func (f *Fields) ask(b message.Batch, n ledger.Notice, p regime.Party) error {
	for _, how := range b.Hows {
		if how.Notice != n.ID {
			continue
		}
		if f.Contacts == nil {
			f.Contacts, f.Said = how.Contacts, hideProvider(b, how.Said)
		}
		if !slices.Contains(how.Of, p) {
			continue
		}
		var list []Answer
		if how.How != "" {
			var err error
			if list, err = answers(how.How, f.ref, f.by); err != nil {
				return err
			}
		}
		if how.Says == "" {
			f.Can = append(f.Can, list...)
			continue
		}
		lead := f.lead(hideProvider(b, how.Says))
		if len(f.Asks) > 0 {
			lead = strings.Replace(strings.TrimPrefix(lead, "Reminder: "), "lease ", "lease also ", 1)
			lead = words.Capital(lead)
		}
		f.Asks = append(f.Asks, Asking{Lead: lead, Answers: list})
	}
	f.Asked, f.Lead = len(f.Asks) > 0, nothingAsked
	if f.Asked {
		f.Lead, f.Asks[0].Lead = f.Asks[0].Lead, ""
	}
	if len(f.Items) == 0 { // a digest says it by its list
		f.What = f.rest(hideProvider(b, n.Text))
	}
	f.tidy(map[string]bool{})
	return nil
}

func (f *Fields) lead(says string) string { return Lead(says, f.By, f.Reminder, f.Overdue) }

// Lead says in a sentence what is asked of the reader and by when; by may be empty.
func Lead(says, by string, reminder, overdue bool) string {
	please := "Please "
	if reminder && !overdue {
		please = "Reminder: please "
	}
	words, at := strings.CutSuffix(says, " {on}")
	if by == "" || overdue {
		words = strings.TrimSuffix(words, ",")
	}
	switch {
	case by == "":
		return please + words + " as soon as you can."
	case overdue && at:
		return please + words + " now: it was to be on " + by + "."
	case overdue:
		return please + words + " now: it was due by " + by + "."
	case at:
		return please + words + " on " + by + "."
	}
	return please + words + " by " + by + "."
}

// rest is what a notice says beside what it asks: of a duty that the reader has been asked for,
// only what the sentence about it is followed by; of another's, also by when.
func (f *Fields) rest(text string) string {
	if !f.Owed {
		return sentences(text)
	}
	if f.Asked {
		owner, more, _ := strings.Cut(text, ". ")
		if strings.Contains(owner, " is to ") {
			return sentences(more)
		}
		return sentences(text)
	}
	out := sentences(text)
	switch {
	case f.Overdue:
		out += " It was due by " + f.By + " and is still open."
	case f.By != "":
		out += " It is due by " + f.By + "."
	}
	return out
}

// tidy leaves out commands and explanations that the mail has shown before.
func (f *Fields) tidy(shown map[string]bool) {
	fresh := func(list []Answer) []Answer {
		var out []Answer
		for _, a := range list {
			if shown[a.Command] {
				continue
			}
			shown[a.Command] = true
			out = append(out, a)
			for _, v := range a.Values {
				if !shown[v.Name+": "+v.Means] && !f.explains(v) {
					f.Values = append(f.Values, v)
				}
				shown[v.Name+": "+v.Means] = true
			}
		}
		return out
	}
	f.Values = nil
	for i := range f.Asks {
		f.Asks[i].Answers = fresh(f.Asks[i].Answers)
	}
	f.Can = fresh(f.Can)
}

// explains reports whether a word in capitals is explained already, in as many words or more.
func (f *Fields) explains(v Value) bool {
	return slices.ContainsFunc(f.Values, func(o Value) bool {
		return o.Name == v.Name && strings.HasPrefix(o.Means, v.Means)
	})
}

// counted puts lines that are alike once the provider is hidden into one, which says how many
// they are.
func counted(lines []string) []string {
	var out []string
	times := map[string]int{}
	for _, line := range lines {
		if times[line] == 0 {
			out = append(out, line)
		}
		times[line]++
	}
	for i, line := range out {
		n := times[line]
		switch {
		case n == 1:
		case strings.Contains(line, oneProvider):
			out[i] = strings.Replace(line, oneProvider, strconv.Itoa(n)+" providers", 1)
		default:
			out[i] = fmt.Sprintf("%s (%d times)", line, n)
		}
	}
	return out
}

// leadOf is the first sentence of a mail of several notices.
func leadOf(parts []Fields, bys []time.Time) string {
	asked, first := -1, -1
	for i, f := range parts {
		if !f.Asked {
			continue
		}
		switch {
		case asked < 0:
			asked = i
		case first < 0:
			first = asked
		}
		if first >= 0 && !bys[i].IsZero() && (bys[first].IsZero() || bys[i].Before(bys[first])) {
			first = i
		}
	}
	switch {
	case asked < 0:
		return nothingAsked
	case first < 0:
		return parts[asked].Lead
	case bys[first].IsZero():
		return "Please do what is asked below as soon as you can."
	case parts[first].Overdue:
		return "Please do what is asked below, the first of it now: it was due by " + parts[first].By + "."
	}
	return "Please do what is asked below, the first of it by " + parts[first].By + "."
}
