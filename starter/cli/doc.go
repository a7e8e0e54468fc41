// Package cli is the program behind the command line: the verbs of the regime, and what a
// person needs to see in order to use them.
//
// Start at [Run]. Everything that it touches comes in by [IO]. What a command shows is a
// struct that prints as a table, or with --json as it is.
package cli
