// Package rehearsal plays a scenario: a text that says who does what in a case, and in the
// surveillance groups concerned, and when, in the very commands of the starter, which act must
// be refused by which rule, and how the case and the groups are to stand.
//
// [Rehearse] plays it without a server, in Temporal's test environment: a case of two years
// takes a second, and its mails are counted and not written. [Play] plays the same file on a
// real server, with real mails, by skipping the case's time. Both run the real workflow and the
// real rules.
//
// In reading order: scenario.go and words.go (the text), script.go and draft_groups.go (its
// lines as commands), expect.go, expectduty.go and expectgroup.go (how a case or a group is to
// stand), player.go (line by line), backend.go with offline.go and test_run.go (no server), or
// play.go and online.go (a server), observer.go and event.go (what happened meanwhile),
// report.go, groupsummary.go and print.go (what is told of it). The folder scenarios describes
// the format and holds examples.
package rehearsal
