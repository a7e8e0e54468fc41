// Package timeskip lets months of a workflow pass in seconds on a real server, for rehearsals,
// demonstrations and tests.
//
// It needs a server of 1.32 or later that allows the skipping of time in the namespace. Where real
// cases run that stays off, and every call here is refused there with ErrNotAllowed.
//
// The server goes from timer to timer, and waits at each for the workflow's own work. Event times
// and workflow.Now follow the skipped clock; an activity still sees the real one. A child workflow
// that is open, or a paused workflow, holds the clock.
package timeskip
