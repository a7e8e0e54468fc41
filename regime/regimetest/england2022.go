package regimetest

import (
	"holdthering/regime"
)

// Board is an integrated care board of 2022.
const Board = regime.Party("ICB/EX-ICB1")
