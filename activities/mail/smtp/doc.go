// Package smtp is the channel that hands mails to a mail server.
//
// A mail goes over a line that the one before it has left in order, or over one of its own. A line on which anything
// went wrong carries no other mail, and a mail that a kept line does not take goes over a fresh one, so that
// what becomes of one says nothing about another. The server takes a mail over with its answer to the line that
// ends it (RFC 5321 4.2.5): lost before that line, the mail was not taken; lost after it,
// nobody can tell.
package smtp
