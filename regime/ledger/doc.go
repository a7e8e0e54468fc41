// Package ledger keeps what a case or a surveillance group owes, sends and remembers: duties with one
// clock for all of them, notices with the state of every mail, and a chronology that only grows. It
// knows the law (package regime) and neither a case nor a group: it asks its [Subject] who is who.
//
// A [Ledger] is data that everybody may read. A [Pen] changes it. A case and a group keep their pen in
// an unexported field, so that nothing outside their packages opens a duty, sends a notice or writes
// in the chronology.
//
// Read ledger.go and pen.go first. Then, in this order:
//
//   - verbs.go, request.go, perform.go, when.go and entry.go: how an act is judged and done once, and
//     becomes a line of the chronology.
//   - duty.go, clock.go, timetable.go and audit.go: what is owed, and what the clock does about it.
//   - notice.go, asked.go, alert.go, statutory_copies.go and meeting_moved.go: who is told what, and what that asks.
//   - agreement.go: who agreed to put something to rest, on what, and until when it can be objected to.
//   - hours.go, digest.go and calendar_entries.go: when a mail goes, what is gathered into one, and what
//     goes into calendars.
//   - to_send.go, delivery_state.go, delivery_times.go, delivery_events.go, matter.go, mail_hold.go and unreached.go:
//     what became of a mail, what a refusal is about, and who is asked to find a contact.
//   - explain.go, explain_duty.go and explain_notice.go: why a duty or a mail is what it is.
//   - deep_copy.go: a copy for a forecast, or for showing.
//
// The length of a duty, its ladder and the hours of mails are rows of a profile (package regime). How
// the clock uses a row is in clock.go, when a mail goes in hours.go and digest.go, what follows from a
// refusal or a bounce in delivery_state.go and delivery_events.go.
package ledger
