package notices

import (
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// EntryTitle is what a calendar shows of an entry: the meeting, or what is due and, to any other
// body, from whom.
func EntryTitle(b message.Batch, e ledger.CalendarEntry, to regime.Party) string {
	title := e.Title
	if title == "" {
		title = hideProvider(b, e.Says)
		if e.Owner != to {
			title = words.Capital(name(b, e.Owner)) + " is to " + title
		}
		title = "Due: " + title
	}
	return shortenedTo(title, maxTitle) + " (" + b.Ref + ")"
}

// maxTitle is in runes, without the reference.
const maxTitle = 120

func shortenedTo(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "..."
	}
	return s
}
