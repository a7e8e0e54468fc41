// Package process runs a program beside this one: its output in a log file, out of reach of the
// terminal's Ctrl-C, so that its starter can stop several in order.
package process
