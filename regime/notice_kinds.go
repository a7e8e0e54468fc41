package regime

// The kinds of notices, by family. The numbers are those of the table in the requirements; they stand
// in mails, records and templates and are never given to another.
const (
	// Trigger and summit.
	NoticeTriggered        NoticeKind = "N1"
	NoticeImmediateRisk    NoticeKind = "N2"
	NoticeAnswerInvitation NoticeKind = "N3"
	NoticeSummitToBeHeld   NoticeKind = "N4"
	NoticePartyToConsider  NoticeKind = "N5"

	// Professional standards, safeguarding and impact.
	NoticeStandardsQuestion NoticeKind = "N6"
	NoticeReferral          NoticeKind = "N7"
	NoticeAdultAtRisk       NoticeKind = "N8"
	NoticeChildAtRisk       NoticeKind = "N9"
	NoticeImpactAssessment  NoticeKind = "N10"

	// Judgement and ring-holder.
	NoticeJudgement           NoticeKind = "N11"
	NoticeCollectiveJudgement NoticeKind = "N12"
	NoticeAgreeRingHolder     NoticeKind = "N13"
	NoticeRingHolder          NoticeKind = "N14"
	NoticeFirstMeeting        NoticeKind = "N15"

	// Response.
	NoticeResponseMeeting NoticeKind = "N16"
	NoticeMeetingMissing  NoticeKind = "N17"
	NoticeActionProposed  NoticeKind = "N18"
	NoticeActionDue       NoticeKind = "N19"
	NoticeRingHandedOver  NoticeKind = "N20"

	// Powers of bodies, and differences between them.
	NoticePowerUsed     NoticeKind = "N21"
	NoticeDifference    NoticeKind = "N22"
	NoticeStatutoryCopy NoticeKind = "N23"
	NoticeWarning       NoticeKind = "N24"

	// Special measures.
	NoticeMeasuresRecommended  NoticeKind = "N25"
	NoticeMeasuresDecision     NoticeKind = "N26"
	NoticeAppointments         NoticeKind = "N27"
	NoticeMonthlyProgress      NoticeKind = "N28"
	NoticeReinspection         NoticeKind = "N29"
	NoticeReinspectionDecision NoticeKind = "N30"
	NoticeExtension            NoticeKind = "N31"
	NoticeCareMeasures         NoticeKind = "N32"

	// Primary care, administration and the public.
	NoticePassConcernOn     NoticeKind = "N33"
	NoticeAdministration    NoticeKind = "N34"
	NoticePublicInformation NoticeKind = "N35"
	NoticePublicPublication NoticeKind = "N36"
	NoticeProviderFeedback  NoticeKind = "N37"

	// Surveillance groups.
	NoticeGroupMeeting NoticeKind = "N38"
	NoticeCoverage     NoticeKind = "N39"
	NoticeLevel        NoticeKind = "N40"

	// The case as a whole, and its mails.
	NoticeStandstill      NoticeKind = "N41"
	NoticeClosing         NoticeKind = "N42"
	NoticeUnreached       NoticeKind = "N43"
	NoticeDigest          NoticeKind = "N44"
	NoticeSeveralConcerns NoticeKind = "N45"
	NoticeFromLocalGroup  NoticeKind = "N46"

	// Of a trigger that was a mistake, and of a meeting's place.
	NoticeTriggerWithdrawn NoticeKind = "N48"
	NoticePlaceChanged     NoticeKind = "N49"

	// NoticeLawChanged: a body has ended and another stands in its place, or the law asks who does.
	NoticeLawChanged NoticeKind = "N69"
	// Who acts on a failure.
	NoticeWhoActs NoticeKind = "N54"

	// A meeting that a member asks for, and the hours that have not begun.
	NoticeMeetingAsked  NoticeKind = "N55"
	NoticeHoursNotBegun NoticeKind = "N56"

	// The provider's end, reviews, and a further summit.
	NoticeProviderEnded   NoticeKind = "N65"
	NoticeReview          NoticeKind = "N66"
	NoticeRecommendations NoticeKind = "N67"
	NoticeFurtherSummit   NoticeKind = "N68"
	// What a group decided, and what groups tell each other.
	NoticeGroupDecided  NoticeKind = "N58"
	NoticeUrgentConcern NoticeKind = "N59"
	NoticeGroupReview   NoticeKind = "N60"
	NoticeElsewhere     NoticeKind = "N61"
	// Of what is put to rest: a concern, a level, a record; and of an action that was done.
	NoticeConcernRests NoticeKind = "N50"
	NoticeLowering     NoticeKind = "N51"
	NoticeDraftRecord  NoticeKind = "N52"
	NoticeStillHolds   NoticeKind = "N53"
	NoticeNotNeeded    NoticeKind = "N75"
	NoticeTogether     NoticeKind = "N76"
	// Where patients go when a service stops.
	NoticePatientsGo NoticeKind = "N57"

	// Guests, the coroner, and a foundation trust's governors.
	NoticeGuest     NoticeKind = "N62"
	NoticeCoroner   NoticeKind = "N63"
	NoticeGovernors NoticeKind = "N64"
	// Of the links by which members answer.
	NoticeAnswered NoticeKind = "N72"
	NoticeNewLink  NoticeKind = "N73"
	NoticePassedOn NoticeKind = "N74"

	// EntryWithdrawn takes an entry out of the calendars that have it; only contacts that were sent one
	// get it.
	EntryWithdrawn NoticeKind = "N47"
)
