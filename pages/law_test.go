package pages

import "holdthering/regime"

// anyLaw is a profile for tests in which it does not matter which.
func anyLaw() *regime.Profile {
	p, _ := regime.ProfileNamed("ENGLAND_2013")
	return p
}
