// Package smtp is the channel that hands mails to a mail server.
//
// Each mail has a connection and a client of its own, so that one that hangs or is cut off
// says nothing about another. The server takes a mail over with its answer to the line that
// ends it (RFC 5321 4.2.5): lost before that line, the mail was not taken; lost after it,
// nobody can tell.
package smtp
