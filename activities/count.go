package activities

import (
	"context"

	"go.temporal.io/sdk/activity"

	"holdthering/regime/ledger"
)

// MetricMails counts mails by what became of each try, under LabelOutcome. It is a word of a closed
// list; no label says whose mail it was.
const (
	MetricMails  = "holdthering_mails"
	LabelOutcome = "outcome"
)

func count(ctx context.Context, became ledger.DeliveryState) {
	activity.GetMetricsHandler(ctx).WithTags(map[string]string{LabelOutcome: string(became)}).
		Counter(MetricMails).Inc(1)
}
