// Package backup is the archive of all that a site needs to go on elsewhere (its database, records,
// outbox, directory, templates and kept programs), and what is known after it was put back.
//
// The key is never in it: whoever has an archive can read what the Temporal server can, and the
// records, but nothing that is sealed.
//
//	temporal.db or postgresql/   the database
//	records/, outbox/            what the worker has written
//	directory.csv, templates/    what the site has of its own
//	programs/                    the programs that open cases go on with
//	demonstration/               of plays
//	manifest.json                the last file: without it the archive was cut short
//
// Mails that went after the backup was taken are known to nobody once it is put back. So a mail
// that fell due in that time is held until a person has decided, see Mark.
package backup
