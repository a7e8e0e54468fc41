// Package timeskip lets months of a workflow pass in seconds on a real server, for rehearsals,
// demonstrations and tests.
//
// It needs a server of 1.32 or later that allows the skipping of time in the namespace. Where real
// cases run that stays off, and every call here is refused there with ErrNotAllowed.
//
// Whoever moves a clock while a timer is as good as due waits until it has fired, at most some two
// seconds: the server would overlook it.
//
// The server goes from timer to timer, and waits at each for the workflow's own work. Event times
// and workflow.Now follow the skipped clock; an activity still sees the real one. A child workflow
// that is open, or a paused workflow, holds the clock.
package timeskip
