package regimetest

import (
	"errors"

	"holdthering/regime"
)

func AsMistake(err error, m **regime.Mistake) bool { return errors.As(err, m) }
