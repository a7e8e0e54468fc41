package regimetest

import (
	"holdthering/regime"
)

const Board = regime.Party("ICB/EX-ICB1")
