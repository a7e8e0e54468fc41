// Package surveillancetest plays the life of a busy group by the rules alone, in seconds: meetings each month, a page
// from each member, concerns, levels and actions, with all mails taken and what is over leaving for the register as the
// workflow has it leave. Tests and the benchmark import it.
package surveillancetest
