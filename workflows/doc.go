// Package workflows holds the order of things: FailureCase, one workflow for each case.
//
// Who may, by when and what follows is asked of package regime; the outside world is asked
// of package activities, by name. In reading order: messages.go (what goes in and out),
// failurecase.go (the track, in the words of the guidance), acts.go (what a person does),
// clock.go (what time does), post.go (who is told), show.go (what the Temporal UI shows),
// state.go (how a case goes on for years).
package workflows
