// Package calendar answers when: what instant lies two working days, twelve months or 48
// hours after another, and how that is said to a person. Everything is UK time
// (Europe/London) and the bank holidays are those of England and Wales.
//
// In reading order: a [Period] is a length of time in one of five units, with the meaning
// that the regime gives each ([ParsePeriod] lists them). [Period.After] applies it to an
// instant, [Explain] says in words what was applied. [ParseInstant], [Instant], [Short] and
// [Day] are how instants are read and written. [Working] and [NextWorkingTime] know the
// working days, from a table with a version ([Holidays]) and outside its years from the
// rule ([WorkingDayKnown] tells which).
//
// There is no clock in here: every instant is an argument, the same arguments always give
// the same answer, and so all of it may run inside a workflow and be replayed. Every
// time.Time that is returned carries [London] as its location.
package calendar
