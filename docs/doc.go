// Package docs keeps the documents true: requirements.md is generated from the rules and
// the tests, and the walk-through is compared with what the program prints.
package docs
