// Package textfile is the one reader of all files that people write: texts, scenarios, mail
// templates, directories of contacts, keys. It takes what editors, word processors and
// spreadsheets leave (a byte order mark, UTF-16, the line ends of Windows and of old Macs),
// reads no more than it is told to, and says in a sentence where a file is no text and how to
// save it as one.
package textfile
