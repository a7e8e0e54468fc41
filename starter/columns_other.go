//go:build !unix

package main

// columns is not known here; COLUMNS says it.
func columns() int { return 0 }
