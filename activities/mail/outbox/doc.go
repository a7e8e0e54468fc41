// Package outbox keeps mails as files instead of sending them: one .eml file for each
// notice to each recipient, which any mail program opens.
//
// A mail is written once, however often and by however many workers it is tried: its name
// is made of the notice, and a whole file is given that name, which only the first can
// do. [List] and [Read] show what lies there.
package outbox
