// Package mail is what a notice is once it is a mail, and what became of sending it.
//
// A [Message] goes to one recipient. A [Channel] takes it and answers with one [Outcome] of
// a closed list; "accepted" never means "delivered". The channels are packages of their own:
// outbox writes files, smtp and sendgrid send, and choose picks one from the environment.
// Package eml turns a message into the bytes of a mail for those channels that need them.
package mail
