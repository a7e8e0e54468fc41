package regimetest

import (
	"errors"

	"holdthering/regime"
)

// AsMistake reports whether the error is a *Mistake, and sets it.
func AsMistake(err error, m **regime.Mistake) bool { return errors.As(err, m) }
