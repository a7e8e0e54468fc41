// Package workflows holds the order of things: FailureCase, one workflow for each case, and
// SurveillanceGroup, a standing one for each Quality Surveillance Group.
//
// Packages failure and surveillance (below regime) decide who may act, by when, and what follows. The
// outside world is asked through package activities, by name.
//
// In reading order:
//
//   - messages.go: what goes in and out; the envelopes for the outside world are package message.
//   - failurecase.go: the track, in the words of the guidance.
//   - acts.go: what a person does.
//   - runtime.go, alarms.go, clock.go, post.go and deliveries.go: what a case and a group have in common, that
//     is, what time does, who is told, and what the mail service says of it.
//   - news.go and record.go: what goes to groups and on file.
//   - show.go: what the Temporal UI shows.
//   - state.go: how a case goes on for years.
//   - surveillancegroup.go, groupmessages.go, groupstate.go: the same for a group.
//   - provider.go: one open case for each provider.
package workflows
