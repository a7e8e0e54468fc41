// Package census counts now and then, for a collector of metrics, how the cases and groups of a namespace stand:
// what is overdue, held, stuck or not on file, and which versions of the program are still in use. It reads the
// visibility store and wakes no case. Each worker that shows metrics counts all, so that a sum over workers means
// nothing: ask for the maximum.
package census
