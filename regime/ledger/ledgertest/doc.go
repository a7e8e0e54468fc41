// Package ledgertest plays random courses of a case or a group, which the tests of the packages failure
// and surveillance share. Read game.go first: it does random acts, lets time pass and checks what must
// always hold. dice.go draws, course.go names what is drawn, twin.go plays a course twice and compares
// what others get to see, noticetable.go lists who is told when. Only tests import it.
package ledgertest
