// Package rehearsal plays a scenario: a text that says who does what in a case and when, in
// the very commands of the starter, which act must be refused by which rule, and how the case
// is to stand.
//
// [Rehearse] plays it without a server, in Temporal's test environment: a case of two years
// takes a second or two. [Play] plays the same file on a real server, with real mails, by
// skipping the case's time. Both run the real workflow and the real rules.
//
// In reading order: scenario.go and words.go (the text), script.go (its lines as commands),
// expect.go and expectduty.go (how a case is to stand), player.go (line by line), world.go with
// bench.go (no server) and play.go (a server), observer.go and event.go (what happened
// meanwhile), report.go and print.go (what is told of it). The folder scenarios describes the
// format and holds examples.
package rehearsal
