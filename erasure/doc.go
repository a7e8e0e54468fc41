// Package erasure takes away what stands on file of a case whose time is over: its record, its register and the
// mails in the outbox. That it was done, by whom, when, why and of which files, stands in erased.jsonl beside the
// records from before the first file goes, and stays: it names the case by its reference and no person but who
// did it.
package erasure
