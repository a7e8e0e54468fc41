// Package failure is one case of the single failure regime: from the trigger over the risk summit, the
// judgements, the ring-holder and the response meetings to special measures, re-inspection and closing.
//
// A [Case] is plain data. [Open] begins one, [Case.Check] says whether an act may be done, [Case.Perform]
// does it with all that follows at once, [Case.Tick] does what time does. Package workflows calls these;
// everything else reads the case.
//
// Read case.go first, then act.go and verbs.go: what an [Act] is, and the list of all verbs. Each family
// of acts is a file with its verbs, the structs of its acts, their check and do, and what follows. In
// the order of the guidance:
//
//   - trigger.go and alert.go.
//   - summit.go, summit_consider.go, summit_pack.go, summit_meeting.go, summit_move.go: the risk summit.
//   - judgement.go, sealed_views.go: what was judged, and what of a protected source is shown.
//   - ring.go, ring_acts.go, ring_handover.go: who holds the ring.
//   - response.go, action.go, difference.go, questions.go: the response meetings and what they agree;
//     review.go, review_answers.go: independent reviews.
//   - measures.go (the stay and its entry), measures_acts.go (recommend, decide, extend, leave), appointment.go,
//     exit_criteria.go, progress.go, reinspection.go, rating.go, provider_end.go: special measures, and the
//     end of a provider.
//   - power_use.go, power_check.go, power_followup.go, power_notices.go, breach.go, certificate.go,
//     warning.go, warning_acts.go, administration.go, administration_acts.go: powers that one body has alone.
//   - safeguarding.go, standards.go, concern.go, information.go, impact.go, best_placed.go, public_plan.go,
//     with safeguarding_acts.go and public_acts.go: what goes on beside the track.
//   - acting.go: who acts, and what is said as long as nobody does; meeting_members.go: that the
//     meetings mean the members.
//   - closing.go, put_to_rest.go: the end; case_link.go: other cases (the link back is starter/cli/linkcase.go);
//     succession.go: bodies that end, and the law that changes.
//
// members.go, roles.go and subject.go tell the ledger who is who. follows.go says which act can only come
// after which. board.go and the explain files are what is shown.
//
// To change a rule, edit the check of its act; the number of the rule finds it. To change a period or who
// is reminded, edit the profile (package regime). To add a verb, write a struct with check and do, and a
// row in its family's list.
package failure
