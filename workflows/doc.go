// Package workflows holds the order of things: FailureCase, one workflow for each case, and
// SurveillanceGroup, a standing one for each Quality Surveillance Group.
//
// Who may, by when and what follows is asked of package regime; the outside world is asked
// of package activities, by name. In reading order: messages.go (what goes in and out),
// failurecase.go (the track, in the words of the guidance), acts.go (what a person does),
// runtime.go (what a case and a group have in common), clock.go (what time does), post.go (who
// is told), news.go (what a case lets its groups know), show.go (what the Temporal UI shows),
// state.go and record.go (how a case goes on for years); then surveillancegroup.go with
// groupmessages.go and groupstate.go.
package workflows
