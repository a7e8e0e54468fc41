// Package ledgertest plays random courses of a case or a group, which the tests of the packages failure
// and surveillance share. Read random_world.go first: it does random acts, lets time pass and checks what
// must always hold. random_values.go draws, random_course.go plays many and shortens what breaks,
// random_profile.go draws the profile, twin.go plays a course twice and compares what others get to see,
// notice_table.go lists who is told when. Only tests import it.
package ledgertest
