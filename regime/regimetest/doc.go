// Package regimetest helps the tests of the rules: it compares a text with the one kept in testdata
// (casestory.go, -update writes it), tries an act at the first and last moment that is allowed
// (law_changes.go), and looks for data that a copy shares (own_copy.go). Only tests import it.
package regimetest
