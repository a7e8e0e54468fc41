// Package notices writes the mails: who is told what, in which words.
//
// Each kind of notice is a file templates/<kind>.md: a "Subject:" line, an empty line, and
// Markdown with the fields of [Fields] in double braces. templates/layout.md says what all
// of them have in common. A mail holds the least: an opaque case reference, what is asked,
// by when, under which rule and how to answer. What was feared, found or said about whom
// stays in the case.
//
// [Render] writes the mail of a notice to one recipient, [Preview] a sample of a kind.
package notices
