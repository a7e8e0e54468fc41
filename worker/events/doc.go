// Package events receives what SendGrid tells of mails: an HTTP handler for its signed event
// webhook. [Receiver] answers 2xx only when every case concerned has taken its events; until
// then the service repeats them, for a day. Cases take the same event again without harm, also
// where it comes under another sg_event_id, as repeats do.
//
//	200  taken, or of no mail of ours
//	400  signed, and not a batch of events
//	403  not signed by a key of ours, or older than a day
//	405  not a POST
//	413  larger than 2 MiB
//	503  a case could not be reached; to be repeated
//
// The batch names mails and cases by opaque ids alone, which is all that is read of it.
package events
