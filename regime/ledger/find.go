package ledger

import "slices"

// Find returns the first of all that is meant, to be changed in place, or nil.
func Find[T any](all []T, is func(T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i]
	}
	return nil
}
