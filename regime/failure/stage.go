package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// stageWords is the stage in the words of the case's profile.
func (c *Case) stageWords() string { return c.labels().Stage(c.Stage) }

func (c *Case) enterStage(s regime.Stage, now time.Time) {
	c.Stage, c.StageSince = s, calendar.Latest(c.StageSince, now)
}
