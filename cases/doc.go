// Package cases is how a person's command reaches a case and comes back with an answer.
//
// [Cases] is all that the command line asks for. [Temporal] asks a Temporal server for it:
// an act is an Update, sent again under the same key when its answer was lost, so that it is
// recorded once; a new case and its first act are one call; the list of cases is one query of
// the visibility store. [Groups] is the same for the standing surveillance groups. Package
// casestest has the same over cases held in memory.
//
// An answer is one of four: what was asked for; a *regime.Refusal; a *regime.Mistake, also for
// a case that does not exist; an *[Unreachable], when nobody could be asked or the outcome is
// not known. Refusals and mistakes have changed nothing.
package cases
