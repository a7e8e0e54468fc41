package regime

// ConcernKind is what a concern is about. Beside the order of the agenda nothing hangs on
// it: it may be left open.
type ConcernKind string

// The kinds that have an item of the agenda of their own.
const (
	AboutPractice ConcernKind = "individual-practice"
	AboutTraining ConcernKind = "training-environment"
	AboutAdults   ConcernKind = "adult-safeguarding"
	AboutChildren ConcernKind = "child-safeguarding"
	AboutCrime    ConcernKind = "possible-crime"
)

// Choices lists the kinds.
func (ConcernKind) Choices() []string {
	return []string{"standards-of-care", "leadership", "staffing", "capacity",
		string(AboutPractice), string(AboutTraining), string(AboutAdults), string(AboutChildren),
		string(AboutCrime), "serious-incident", "complaints", "peer-review", "other"}
}
