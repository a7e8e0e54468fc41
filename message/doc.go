// Package message holds what a case and a group say to the outside world and what they are answered:
// batches of notices with what their mails need to know, records put on file, news for groups. It
// knows no Temporal, so that what writes and sends mails need not either.
package message
