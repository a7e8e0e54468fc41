// Package metrics shows how a worker fares, in Prometheus' text form: what Temporal's SDK counts
// and times of its work, and mails by outcome.
//
// The SDK names a metric's labels as it goes, and not the same ones each time, which a plain
// Prometheus vector does not take; [Handler] keeps the series itself. It keeps only labels whose
// values come from closed lists, so that no case, provider, person or address can get into one
// whatever a later SDK adds.
package metrics
