// Mutants breaks packages in many small ways, one at a time, and tells which of them their
// tests do not see:
//
//	go run ./mutants [-sample 300 -seed 1] [-only '^failure/judgement.go'] [-skip 'Slow'] ../regime ../regime/ledger ...
//	go run ./mutants -data ../regime/profiles/england_2013.json ../regime ../regime/ledger ...
//	go run ./mutants -rules ../regime/rules.json -data ../regime/profiles/england_2013.json ../regime ...
//
// All packages named are broken, and a sample is drawn over all of them. A mutant meets the tests of its
// own package first, and then those of the others that reach it, which stand on it. Conditions are held
// true and held false, statements are left out, a comparison takes in its edge, a check refuses what
// it would take; with -data, a row or an item of a JSON table is left out, a period or number is
// one more, a yes a no. All mutants of the code are compiled at once, behind a switch that the
// environment sets, and each meets only the tests that reach it, the quick ones first. A mutant
// is killed by a test that fails, panics, does not end in time or eats the memory.
//
// With -rules each rule of the table is broken wherever a function or a row cites its number, and only
// the tests that carry the number count; a rule whose breaks none of them sees is an error. -only names rules
// then, and -quick goes on to the next rule when one break was seen. The file "cited" names functions that
// hold a rule without saying so.
//
// Mutants that change words for people and nothing else are counted apart as well: their
// statements only put a text with a blank in it into a variable by which nothing is decided.
//
// The mutants that lived go to the standard output, the counts to standard error. What stands in
// the file "equivalent" cannot be seen by any test, for the reason given there, and is left out.
// HTR_CASES and HTR_GROUPS say how many random cases the regime's tests try for each mutant.
package main
