// Mutants breaks a package in many small ways, one at a time, and tells which of them its
// tests do not see:
//
//	go run ./mutants [-sample 300 -seed 1] [-only '^judgement.go'] [-skip 'Slow'] ../regime [../notices ...]
//	go run ./mutants -data ../regime/profiles/england_2013.json ../regime
//	go run ./mutants -rules -data ../regime/profiles/england_2013.json ../regime
//
// The tests of the first package count, and of those named after it. Conditions are held true
// and held false, statements are left out, a comparison takes in its edge, a check refuses what
// it would take; with -data, a row or an item of a JSON table is left out, a period or number is
// one more, a yes a no. All mutants of the code are compiled at once, behind a switch that the
// environment sets, and each meets only the tests that reach it, the quick ones first. A mutant
// is killed by a test that fails, panics, does not end in time or eats the memory.
//
// With -rules each rule is broken wherever a function or a row cites its number, and only the
// tests that carry the number count; -only names rules then, and -quick goes on to the next rule when one break was seen. The file
// "cited" names functions that hold a rule without saying so.
//
// Mutants that change words for people and nothing else are counted apart as well: their
// statements only put a text with a blank in it into a variable by which nothing is decided.
//
// The mutants that lived go to the standard output, the counts to standard error. What stands in
// the file "equivalent" cannot be seen by any test, for the reason given there, and is left out.
// HTR_CASES and HTR_GROUPS say how many random cases the regime's tests try for each mutant.
package main
